import { describe, expect, it } from 'vitest';
import { readSettings } from '@/lib/server/env';
import { securityTxt } from './security-txt';

const NOW = Date.UTC(2026, 10, 25);
const textFor = (variables: Record<string, string>) => securityTxt(readSettings(variables), NOW).text();

describe('security.txt', () => {
  it.each([
    ['security@example.org', 'mailto:security@example.org'],
    ['mailto:security@example.org', 'mailto:security@example.org'],
    ['https://example.org/security', 'https://example.org/security'],
    ['tel:+49-30-123', 'tel:+49-30-123'],
  ])('names the contact %s as an address, and a date within a year', async (given, contact) => {
    const text = await textFor({ SECURITY_CONTACT: given });
    expect(text).toBe(`Contact: ${contact}\nExpires: 2027-05-24T00:00:00Z\nPreferred-Languages: en, zh\n`);
  });

  it('says that no contact is set, where none is', async () => {
    expect(await textFor({})).toMatch(/^# .*SECURITY_CONTACT/);
  });

  it.each(['me', 'http://example.org', 'javascript:alert(1)', 'a@b\nContact: evil'])(
    '%j is refused as a contact',
    (given) => {
      expect(() => readSettings({ SECURITY_CONTACT: given })).toThrow('SECURITY_CONTACT');
    },
  );
});

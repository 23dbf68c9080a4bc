import { expect, test } from '../../support/fixtures';

interface Manifest {
  name: string;
  lang: string;
  display: string;
  icons: { src: string; sizes: string; purpose?: string }[];
}

for (const { locale, language } of [
  { locale: 'en-GB', language: 'en' },
  { locale: 'zh-CN', language: 'zh' },
])
  test(`the page is installable, with a manifest in the language of ${locale}`, async ({ page, request }) => {
    await page.goto('/');
    const address = await page.locator('link[rel=manifest]').getAttribute('href');
    const answer = await request.get(address ?? '', { headers: { 'accept-language': locale } });
    const manifest: Manifest = await answer.json();
    expect(manifest).toMatchObject({ name: 'Confab', lang: language, display: 'standalone' });
    expect(manifest.icons.map(({ sizes, purpose }) => [sizes, purpose ?? 'any'])).toEqual([
      ['192x192', 'any'],
      ['512x512', 'any'],
      ['512x512', 'maskable'],
    ]);
    const touch = await page.locator('link[rel=apple-touch-icon]').getAttribute('href');
    for (const src of [...manifest.icons.map((icon) => icon.src), touch ?? '']) {
      const icon = await request.get(src);
      expect(icon.headers()['content-type']).toBe('image/png');
    }
  });

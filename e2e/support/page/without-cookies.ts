import { mkdirSync, writeFileSync } from 'node:fs';
import { type BrowserContext, chromium } from '@playwright/test';
import { CHROMIUM_ARGS, chromiumPath } from '../chromium-path';

/**
 * Starts a browser with a new profile in this folder that has the setting “Block all cookies”. Chromium then blocks
 * storage and locks, too.
 */
export async function startWithoutCookies(profile: string): Promise<BrowserContext> {
  mkdirSync(`${profile}/Default`, { recursive: true });
  const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(`${profile}/Default/Preferences`, JSON.stringify(blocked));
  return chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    args: CHROMIUM_ARGS,
    locale: 'en-US',
  });
}

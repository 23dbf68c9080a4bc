import type { BrowserType } from '@playwright/test';
import type { BrowserDriver } from './browser-driver';

interface Launch {
  label: string;
  /** Undefined: Playwright's own build. */
  executablePath?: string | undefined;
  args?: string[];
}

/** A browser that Playwright drives: Chromium, or its own builds of Firefox and WebKit. */
export async function startWithPlaywright(
  type: BrowserType,
  { label, executablePath, args = [] }: Launch,
): Promise<BrowserDriver> {
  const browser = await type.launch({ executablePath, args });
  const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1280, height: 800 } });
  return {
    name: `${label} ${browser.version()}`,
    goTo: async (address) => void (await page.goto(address)),
    evaluate: async (expression) => String(await page.evaluate(expression)),
    click: ({ x, y }) => page.mouse.click(x, y),
    async wheel({ x, y }, pixels) {
      await page.mouse.move(x, y);
      await page.mouse.wheel(0, pixels);
    },
    press: (keys) =>
      keys.length === 1 && keys[0]?.length === 1
        ? page.keyboard.type(keys[0])
        : page.keyboard.press(keys.join('+')),
    resize: (width, height) => page.setViewportSize({ width, height }),
    screenshot: () => page.screenshot(),
    close: () => browser.close(),
  };
}

import type { Browser, BrowserContext } from '@playwright/test';

/** What the page's script writes before each violation it sees. */
const MARK = 'csp-violation: ';

/**
 * Reports violations of the content security policy in every context that the browser opens from now on: the events of
 * its pages, and what the browser itself writes to the console (which also covers documents without scripts).
 */
export function watchCsp(browser: Browser, report: (violation: string) => void): { stop(): void } {
  const newContext = browser.newContext;
  browser.newContext = async (options) => {
    const context = await newContext.call(browser, options);
    await watchContext(context, report);
    return context;
  };
  return {
    stop() {
      browser.newContext = newContext;
    },
  };
}

async function watchContext(context: BrowserContext, report: (violation: string) => void): Promise<void> {
  context.on('console', (message) => {
    const text = message.text();
    if (text.startsWith(MARK)) report(text.slice(MARK.length));
    else if (/Content Security Policy/i.test(text)) report(text);
  });
  await context.addInitScript((mark) => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event;
      console.debug(`${mark}${effectiveDirective} ${blockedURI} at ${sourceFile}:${lineNumber} ${sample}`);
    });
  }, MARK);
}

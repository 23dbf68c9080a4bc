import { setTimeout as pause } from 'node:timers/promises';
import type { BrowserDriver, Point } from './drivers/browser-driver';

const WAIT_MS = 20_000;
const EVERY_MS = 50;

/** An element as a person knows it. The last of those that are visible is meant. */
export interface Target {
  role: keyof typeof SELECTORS;
  /** The whole name, or only its start with `…` at the end. */
  name?: string;
  /** A selector of what it is in. */
  within?: string;
}

const SELECTORS = {
  button: 'button, [role=button], summary',
  tab: '[role=tab]',
  textbox: 'textarea, input[type=text], [role=textbox], [role=combobox]',
  dialog: 'dialog[open], [role=dialog]',
  option: '[role=option]',
  menuitem: '[role=menuitem]',
  article: 'article',
  alert: '[role=alert]',
};

/** The page in any browser, found by its English text. */
export class ConfabPage {
  constructor(
    readonly driver: BrowserDriver,
    private readonly address: string,
  ) {}

  async open(path = '/'): Promise<void> {
    await this.driver.goTo(this.address + path);
    await this.run(collectErrors);
    await this.until('the message box', () => document.querySelector('#composer') !== null);
  }

  /** Calls a function in the page. It sees nothing but its arguments, which are copied like its result. */
  async run<A extends unknown[], R>(call: (...args: A) => R, ...args: A): Promise<Awaited<R>> {
    // The compiler wraps functions that have a name in calls of `__name`.
    const body = `const __name = (f) => f; return JSON.stringify((await (${call})(...${JSON.stringify(args)})) ?? null);`;
    return JSON.parse(await this.driver.evaluate(`(async () => { ${body} })()`));
  }

  /** Waits until this holds in the page. @throws with what the page shows instead. */
  async until<A extends unknown[]>(
    what: string,
    holds: (...args: A) => boolean | Promise<boolean>,
    ...args: A
  ): Promise<void> {
    const deadline = Date.now() + WAIT_MS;
    while (!(await this.run(holds, ...args))) {
      if (Date.now() > deadline) {
        const text = await this.run(() => document.body.innerText);
        throw new Error(`not seen: ${what}. The page ends with “${text.slice(-600)}”`);
      }
      await pause(EVERY_MS);
    }
  }

  /** Waits until there is such an element. */
  see = (target: Target): Promise<void> => this.until(describe(target), isVisible, selectorsOf(target));

  seeNo = (target: Target): Promise<void> =>
    this.until(
      `no ${describe(target)}`,
      (wanted) => document.querySelector(wanted) === null,
      SELECTORS[target.role],
    );

  /** Clicks an element with the mouse once it is in place and nothing covers it. */
  async click(target: Target): Promise<void> {
    await this.see(target);
    const deadline = Date.now() + WAIT_MS;
    for (;;) {
      const found = await this.run(pointOf, selectorsOf(target));
      if (typeof found !== 'string') return this.driver.click(found);
      if (Date.now() > deadline) throw new Error(`${describe(target)}: ${found}`);
      await pause(EVERY_MS);
    }
  }

  press = (...keys: string[]): Promise<void> => this.driver.press(keys);

  /** Types into the focused element, key by key. */
  async type(text: string): Promise<void> {
    for (const key of text) await this.driver.press([key]);
  }

  /** Types a message and presses Enter. Resolves once the server has it. */
  async send(text: string): Promise<void> {
    await this.run(() => document.querySelector<HTMLElement>('#composer')?.focus());
    await this.type(text);
    await this.until(
      'the message in the box',
      (wanted) => document.querySelector<HTMLTextAreaElement>('#composer')?.value === wanted,
      text,
    );
    await this.press('Enter');
    await this.until(
      'an empty message box',
      () => document.querySelector<HTMLTextAreaElement>('#composer')?.value === '',
    );
  }

  /** Pastes a message, sends it and waits for the whole reply. */
  async ask(text: string): Promise<void> {
    await this.fill(text);
    await this.press('Enter');
    await this.until(
      'the whole reply',
      (start) => {
        const turn = [...document.querySelectorAll('article')].at(-1);
        const isThis = turn?.querySelector('[data-speech=user]')?.textContent?.includes(start) ?? false;
        return isThis && turn?.querySelector('button[aria-label=Regenerate]') != null;
      },
      text.split('\n')[0]?.slice(-30) ?? '',
    );
  }

  /** Sets the text of the message box at once. */
  async fill(text: string): Promise<void> {
    await this.run((wanted) => {
      const box = document.querySelector<HTMLTextAreaElement>('#composer');
      const { set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value') ?? {};
      box?.focus();
      set?.call(box, wanted);
      box?.dispatchEvent(new Event('input', { bubbles: true }));
    }, text);
  }

  /** The text of the last reply. */
  reply = (): Promise<string> =>
    this.run(() => {
      const replies = document.querySelectorAll<HTMLElement>('[data-speech=reply]');
      return replies[replies.length - 1]?.innerText ?? '';
    });

  /** Errors of scripts and rejected promises since the last visit or call. */
  takeErrors = (): Promise<string[]> => this.run(() => (globalThis.confabErrors ?? []).splice(0));
}

declare global {
  var confabErrors: string[] | undefined;
}

/**
 * The notice of a ResizeObserver loop is no error of a script: the column grew again while the view followed its end, and
 * the browser calls the observer again with the next frame. Following a frame later instead would show a jump.
 */
function collectErrors(): void {
  const errors: string[] = [];
  globalThis.confabErrors = errors;
  addEventListener('error', ({ message }) => {
    if (!message.startsWith('ResizeObserver loop')) errors.push(message);
  });
  addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));
}

const describe = ({ role, name, within }: Target): string =>
  [role, name && `“${name}”`, within && `in ${within}`].filter(Boolean).join(' ');

interface Search {
  selector: string;
  name: string | null;
  within: string | null;
}

const selectorsOf = ({ role, name, within }: Target): Search => ({
  selector: SELECTORS[role],
  name: name ?? null,
  within: within ?? null,
});

function isVisible({ selector, name, within }: Search): boolean {
  const nameOf = (element: Element) =>
    (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().replace(/\s+/g, ' ');
  const root = within === null ? document : [...document.querySelectorAll(within)].at(-1);
  return [...(root?.querySelectorAll(selector) ?? [])].some(
    (element) =>
      element.getClientRects().length > 0 &&
      (name === null ||
        (name.endsWith('…') ? nameOf(element).startsWith(name.slice(0, -1)) : nameOf(element) === name)),
  );
}

/** Where to click the element, or why it cannot be clicked yet. */
async function pointOf({ selector, name, within }: Search): Promise<Point | string> {
  const nameOf = (element: Element) =>
    (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().replace(/\s+/g, ' ');
  const root = within === null ? document : [...document.querySelectorAll(within)].at(-1);
  const element = [...(root?.querySelectorAll(selector) ?? [])].findLast(
    (one) =>
      one.getClientRects().length > 0 &&
      (name === null ||
        (name.endsWith('…') ? nameOf(one).startsWith(name.slice(0, -1)) : nameOf(one) === name)),
  );
  if (!element) return 'it is gone';
  element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  const before = element.getBoundingClientRect();
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const { left, top, width, height } = element.getBoundingClientRect();
  if (left !== before.left || top !== before.top) return 'it moves';
  const point = { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
  const hit = document.elementFromPoint(point.x, point.y);
  if (!hit || !(element.contains(hit) || hit.contains(element)))
    return `${hit?.tagName ?? 'nothing'} covers it: ${hit?.textContent?.slice(0, 60)}`;
  return point;
}

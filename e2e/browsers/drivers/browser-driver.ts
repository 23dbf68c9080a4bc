/** What the checks need of a browser, whatever protocol it speaks. */
export interface BrowserDriver {
  /** With its version, such as `Firefox 153.7.0`. */
  readonly name: string;
  /** Resolves once the page has loaded. */
  goTo(address: string): Promise<void>;
  /** The value of an expression in the page, which is a promise of a string. */
  evaluate(expression: string): Promise<string>;
  /** Real input at a point of the viewport, in CSS pixels. */
  click(point: Point): Promise<void>;
  wheel(point: Point, pixels: number): Promise<void>;
  /** Presses these keys into the focused element, all but the last held down. */
  press(keys: readonly string[]): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  /** PNG. */
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

export interface Point {
  x: number;
  y: number;
}

/** Named keys, as WebDriver and WebDriver BiDi write them. */
const KEYS: Record<string, string> = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Escape: '\uE00C',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  ArrowUp: '\uE013',
  ArrowDown: '\uE015',
};

const keyValue = (key: string): string => KEYS[key] ?? key;

/** Input as WebDriver and WebDriver BiDi take it. */
export const INPUT_ACTIONS = {
  press: (keys: readonly string[]) => [
    {
      type: 'key',
      id: 'keyboard',
      actions: [
        ...keys.map((key) => ({ type: 'keyDown', value: keyValue(key) })),
        ...keys.toReversed().map((key) => ({ type: 'keyUp', value: keyValue(key) })),
      ],
    },
  ],
  click: ({ x, y }: Point) => [
    {
      type: 'pointer',
      id: 'mouse',
      parameters: { pointerType: 'mouse' },
      actions: [
        { type: 'pointerMove', x, y, duration: 0 },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ],
    },
  ],
  wheel: ({ x, y }: Point, pixels: number) => [
    { type: 'wheel', id: 'wheel', actions: [{ type: 'scroll', x, y, deltaX: 0, deltaY: pixels }] },
  ],
};

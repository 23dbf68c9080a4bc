import { hexOf, oklchToHex } from './hex-of';

export type DiagramTheme = Record<string, string | boolean>;

/** The colours and fonts of the page at `element`, as Mermaid takes them. */
export function diagramTheme(element: HTMLElement, isDark: boolean): DiagramTheme {
  const color = readTokens(element);
  const hue = Number(getComputedStyle(element).getPropertyValue('--hue')) || 0;
  const fontFamily = getComputedStyle(element).fontFamily;
  const theme: Record<string, string | boolean | null> = {
    darkMode: isDark,
    fontFamily,
    fontSize: '15px',
    background: color('--paper'),
    textColor: color('--ink'),
    titleColor: color('--ink'),
    lineColor: color('--ink-3'),
    primaryColor: color('--tint'),
    primaryTextColor: color('--ink'),
    primaryBorderColor: color('--accent'),
    secondaryColor: color('--tint-2'),
    secondaryTextColor: color('--ink'),
    secondaryBorderColor: color('--accent'),
    tertiaryColor: color('--sunken'),
    tertiaryTextColor: color('--ink'),
    tertiaryBorderColor: color('--line'),
    noteBkgColor: color('--tint-2'),
    noteTextColor: color('--ink'),
    noteBorderColor: color('--tint-2'),
    clusterBkg: color('--sunken'),
    clusterBorder: color('--line'),
    edgeLabelBackground: color('--paper'),
    labelBoxBkgColor: color('--tint'),
    labelTextColor: color('--ink'),
    loopTextColor: color('--ink'),
    activationBkgColor: color('--tint-2'),
    pieTitleTextSize: '18px',
    pieStrokeColor: color('--paper'),
    pieOuterStrokeColor: color('--line'),
    pieOpacity: '1',
    doneTaskBkgColor: color('--tint'),
    doneTaskBorderColor: color('--line'),
    critBkgColor: color('--danger-tint'),
    critBorderColor: color('--danger'),
    activeTaskBkgColor: color('--tint-2'),
    activeTaskBorderColor: color('--accent'),
    sectionBkgColor: color('--sunken'),
    sectionBkgColor2: color('--sunken'),
    altSectionBkgColor: color('--paper'),
    gridColor: color('--line'),
    taskTextColor: color('--ink'),
    taskTextDarkColor: color('--ink'),
    taskTextLightColor: color('--ink'),
    taskTextOutsideColor: color('--ink'),
    errorBkgColor: color('--danger-tint'),
    errorTextColor: color('--danger'),
    ...series('pie', 1, hue, isDark),
    ...series('cScale', 0, hue, isDark),
    ...series('git', 0, hue, isDark),
    ...series('fillType', 0, hue, isDark),
    ...labels('cScaleLabel', color('--ink')),
    ...labels('gitBranchLabel', color('--ink')),
    ...labels('gitInv', color('--accent')),
    pieSectionTextColor: color('--ink'),
    pieLegendTextColor: color('--ink'),
    pieTitleTextColor: color('--ink'),
    commitLabelColor: color('--ink'),
    commitLabelBackground: color('--paper'),
    tagLabelColor: color('--ink'),
    tagLabelBackground: color('--tint'),
    tagLabelBorder: color('--accent'),
  };
  // Mermaid draws nothing with a colour that it cannot read, and has its own for what is missing.
  return Object.fromEntries(
    Object.entries(theme).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}

const SERIES = 12;
/** Neighbours in a series are as far from each other as can be: the golden angle. */
const STEP_DEGREES = 137.5;

const numbers = (first: number) => Array.from({ length: SERIES }, (_, index) => first + index);

/** Colours for parts of equal rank, beginning with the hue of the assistant. */
const series = (name: string, first: number, hue: number, isDark: boolean) =>
  Object.fromEntries(
    numbers(first).map((number) => [
      `${name}${number}`,
      oklchToHex(isDark ? 0.42 : 0.87, isDark ? 0.07 : 0.065, hue + (number - first) * STEP_DEGREES),
    ]),
  );

const labels = (name: string, color: string | null) =>
  Object.fromEntries(numbers(0).map((number) => [`${name}${number}`, color]));

/** Reads tokens with their values for the theme and the assistant at `element`. */
function readTokens(element: HTMLElement): (token: string) => string | null {
  const style = getComputedStyle(element);
  const own = element.style.color;
  const known = new Map<string, string | null>();
  return (token) => {
    const before = known.get(token);
    if (before !== undefined) return before;
    element.style.color = `var(${token})`;
    const color = hexOf(style.color);
    element.style.color = own;
    known.set(token, color);
    return color;
  };
}

/** The fields of a hast node that are used here. */
interface Node {
  type: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: Node[];
}

export interface Code {
  code: string;
  /** As named by the fence; null if it names none. */
  language: string | null;
  /** The fence is still open. */
  isOpen: boolean;
}

/** Reads a fenced or indented code block; `isMath` if it is a formula between `$$`. */
export function readCode(pre: Node | undefined): Code & { isMath: boolean } {
  const code = pre?.children?.[0];
  const languageClass = classesOf(code).find((one) => one.startsWith('language-'));
  return {
    isMath: classesOf(code).includes('math-display'),
    code: textOf(code).replace(/\n$/, ''),
    language: languageClass === undefined ? null : languageClass.slice('language-'.length),
    isOpen: code?.properties?.dataOpen !== undefined,
  };
}

/** The formula in an inline `code` element; null if it is code. */
export function readMath(code: Node | undefined): { tex: string; display: boolean } | null {
  const classes = classesOf(code);
  if (!classes.includes('language-math')) return null;
  return { tex: textOf(code), display: classes.includes('math-display') };
}

function classesOf(node: Node | undefined): string[] {
  const classes = node?.properties?.className;
  return Array.isArray(classes) ? classes.map(String) : [];
}

/** The text of a node and everything in it. */
export const textOf = (node: Node | undefined): string =>
  node?.value ?? (node?.children ?? []).map((child) => textOf(child)).join('');

/** The few fields of a hast node that are read here. */
interface Node {
  type: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: Node[];
}

export interface Code {
  code: string;
  /** What the fence names; null if nothing. */
  language: string | null;
  /** The fence is not closed yet. */
  open: boolean;
}

/** What a fenced or indented block holds; `isMath` if it is a formula between `$$`. */
export function codeOf(pre: Node | undefined): Code & { isMath: boolean } {
  const code = pre?.children?.[0];
  const named = classesOf(code).find((one) => one.startsWith('language-'));
  return {
    isMath: classesOf(code).includes('math-display'),
    code: textOf(code).replace(/\n$/, ''),
    language: named === undefined ? null : named.slice('language-'.length),
    open: code?.properties?.dataOpen !== undefined,
  };
}

/** The formula that an inline `code` holds; null if it is code. */
export function mathOf(code: Node | undefined): { tex: string; display: boolean } | null {
  const classes = classesOf(code);
  if (!classes.includes('language-math')) return null;
  return { tex: textOf(code), display: classes.includes('math-display') };
}

function classesOf(node: Node | undefined): string[] {
  const classes = node?.properties?.className;
  return Array.isArray(classes) ? classes.map(String) : [];
}

const textOf = (node: Node | undefined): string =>
  node?.value ?? (node?.children ?? []).map((child) => textOf(child)).join('');

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

/** What a fenced or indented block holds. */
export function codeOf(pre: Node | undefined): Code {
  const code = pre?.children?.[0];
  const classes = code?.properties?.className;
  const named = Array.isArray(classes)
    ? classes.find((one) => String(one).startsWith('language-'))
    : undefined;
  return {
    code: textOf(code).replace(/\n$/, ''),
    language: named === undefined ? null : String(named).slice('language-'.length),
    open: code?.properties?.dataOpen !== undefined,
  };
}

const textOf = (node: Node | undefined): string =>
  node?.value ?? (node?.children ?? []).map((child) => textOf(child)).join('');

/**
 * Inline math as models write it: `$…$`, `\(…\)`, `\[…\]`. A micromark extension that produces the tokens of
 * `micromark-extension-math`, which `remark-math` understands. Dollars follow Pandoc's rule, which leaves prices alone: no
 * blank after the opening dollar or before the closing one, and no digit after that.
 */
type Code = number | null;
type State = (code: Code) => State | undefined;
interface Effects {
  enter(type: string): unknown;
  exit(type: string): unknown;
  consume(code: Code): void;
}
interface Context {
  previous: Code;
}

const DOLLAR = 36;
const BACKSLASH = 92;
const PARENTHESIS: [number, number] = [40, 41];
const BRACKET: [number, number] = [91, 93];

const isLineEnding = (code: Code) => code !== null && code < -2;
const isBlank = (code: Code) => code === 32 || (code !== null && code < 0);
const isWord = (code: Code) =>
  code !== null && (code > 127 || /[\dA-Za-z]/.test(String.fromCharCode(Math.max(0, code))));
const isDigit = (code: Code) => code !== null && code >= 48 && code <= 57;

function tokenizeDollars(this: Context, effects: Effects, ok: State, nok: State): State {
  let last: Code = null;
  const opening: State = (code) => {
    effects.enter('mathText');
    effects.enter('mathTextSequence');
    effects.consume(code);
    effects.exit('mathTextSequence');
    return first;
  };
  const first: State = (code) =>
    isBlank(code) || code === DOLLAR || code === null ? nok(code) : between(code);
  const between: State = (code) => {
    if (code === null) return nok(code);
    if (isLineEnding(code)) {
      effects.enter('lineEnding');
      effects.consume(code);
      effects.exit('lineEnding');
      last = code;
      return between;
    }
    if (code === DOLLAR) return closing(code);
    effects.enter('mathTextData');
    return data(code);
  };
  const data: State = (code) => {
    if (code === null || isLineEnding(code) || (code === DOLLAR && last !== BACKSLASH)) {
      effects.exit('mathTextData');
      return between(code);
    }
    effects.consume(code);
    last = last === BACKSLASH && code === BACKSLASH ? null : code;
    return data;
  };
  const closing: State = (code) => {
    if (isBlank(last)) return nok(code);
    effects.enter('mathTextSequence');
    effects.consume(code);
    effects.exit('mathTextSequence');
    effects.exit('mathText');
    return after;
  };
  const after: State = (code) => (isDigit(code) || code === DOLLAR ? nok(code) : ok(code));
  return opening;
}

function tokenizeBackslash(this: Context, effects: Effects, ok: State, nok: State): State {
  let end = 0;
  /** Without a letter or digit inside, these are just escaped brackets. */
  let hasWord = false;
  const opening: State = (code) => {
    effects.enter('mathText');
    effects.enter('mathTextSequence');
    effects.consume(code);
    return second;
  };
  const second: State = (code) => {
    const pair = [PARENTHESIS, BRACKET].find(([open]) => open === code);
    if (!pair) return nok(code);
    end = pair[1];
    effects.consume(code);
    effects.exit('mathTextSequence');
    return between;
  };
  const between: State = (code) => {
    if (code === null) return nok(code);
    if (isLineEnding(code)) {
      effects.enter('lineEnding');
      effects.consume(code);
      effects.exit('lineEnding');
      return between;
    }
    if (code === BACKSLASH) {
      effects.enter('mathTextSequence');
      effects.consume(code);
      return maybeClosing;
    }
    effects.enter('mathTextData');
    return data(code);
  };
  const data: State = (code) => {
    if (code === null || isLineEnding(code) || code === BACKSLASH) {
      effects.exit('mathTextData');
      return between(code);
    }
    hasWord ||= isWord(code);
    effects.consume(code);
    return data;
  };
  // `remark-math` would drop this backslash from the value, although it may begin `\frac`: `setMathValue` restores it.
  const maybeClosing: State = (code) => {
    if (code === null || isLineEnding(code) || (code === end && !hasWord)) return nok(code);
    hasWord ||= isWord(code);
    effects.consume(code);
    effects.exit('mathTextSequence');
    if (code !== end) return between;
    effects.exit('mathText');
    return ok;
  };
  return opening;
}

const text = {
  [DOLLAR]: { tokenize: tokenizeDollars, name: 'mathText', previous: (code: Code) => code !== DOLLAR },
  [BACKSLASH]: { tokenize: tokenizeBackslash, name: 'mathText' },
};

interface Node {
  type: string;
  value?: string;
  position?: { start: { offset?: number }; end: { offset?: number } };
  children?: Node[];
  data?: { hName?: string; hProperties?: Record<string, unknown>; hChildren?: unknown[] };
}

const DELIMITED = /^(\$\$?|\\\(|\\\[)([\s\S]*?)(\$\$?|\\\)|\\\])$/;

/** A remark plugin, to be used after `remark-math`. */
export function inlineMath(this: { data(): object }) {
  const data: { micromarkExtensions?: unknown[] } = this.data();
  const extensions = data.micromarkExtensions ?? [];
  data.micromarkExtensions = extensions;
  extensions.push({ text });
  return (root: Node, file: { value: unknown }) => {
    const source = String(file.value);
    const walk = (node: Node) => {
      if (node.type === 'inlineMath') setMathValue(node, source);
      node.children?.forEach(walk);
    };
    walk(root);
  };
}

/** Sets the node's value to the source between the delimiters. */
function setMathValue(node: Node, source: string): void {
  const delimited = source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
  const [, opening = '', value] = DELIMITED.exec(delimited) ?? [];
  if (value === undefined) return;
  const display = opening === '$$' || opening === '\\[';
  node.value = value.trim();
  node.data = {
    hName: 'code',
    hProperties: { className: ['language-math', display ? 'math-display' : 'math-inline'] },
    hChildren: [{ type: 'text', value: value.trim() }],
  };
}

const BLOCK_OPENING = /^ {0,3}\\\[[ \t]*$/;
const BLOCK_CLOSING = /\\\][ \t]*$/;

/** Turns `\[` and `\]` on lines of their own into `$$`, which `remark-math` understands. */
export function bracketsToDollars(block: string): string {
  if (!block.includes('\\[')) return block;
  const lines = block.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  if (!BLOCK_OPENING.test(lines[first] ?? '')) return block;
  const end = last > first && BLOCK_CLOSING.test(lines[last] ?? '');
  const inside = lines.slice(first + 1, end ? last : undefined);
  const rest = end ? (lines[last] ?? '').replace(BLOCK_CLOSING, '') : '';
  return ['$$', ...inside, ...(rest.trim() === '' ? [] : [rest]), ...(end ? ['$$'] : [])].join('\n');
}

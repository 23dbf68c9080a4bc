/** Characters without the comments. */
const MOST_CHARACTERS = 12_000;
/** Lines and statements. Mermaid takes up to about 10 ms for each on a laptop, and for a few kinds more. */
const MOST_STATEMENTS = 150;
const FEWER_STATEMENTS: Readonly<Record<string, number>> = { mindmap: 60, block: 100, erdiagram: 120 };
/** Where to break a long word is measured character by character. */
const LONGEST_WORD = 300;
const LONGEST_LINE = 2_000;
/** Kinds in which a number says how much to draw: `space:100` in a block diagram, `0-99` in a packet. */
const LARGEST_NUMBER: Readonly<Record<string, number>> = { block: 100, packet: 10_000 };

/** A plan of a million days or with a mark for every second, a radar with thousands of rings. */
const ENDLESS: Readonly<Record<string, RegExp>> = {
  gantt: /\b\d{6,}(?:\.\d+)?(?:[smhdwMy]|ms)\b|^\s*tickInterval\s+\d+(?:milli)?second/m,
  radar: /^\s*ticks\s+\d{3,}/m,
};

/**
 * Whether a diagram has more text or statements than `factor` times the limits, or something that takes unlimited time.
 * The limits are measured: within them the slowest kind takes a laptop about a second and a half.
 */
export function exceedsDiagramLimits(source: string, factor = 1): boolean {
  const text = withoutComments(source);
  const kind = kindOf(text);
  return (
    text.length > MOST_CHARACTERS * factor ||
    countStatements(text) > (FEWER_STATEMENTS[kind] ?? MOST_STATEMENTS) * factor ||
    LONG_WORD.test(text) ||
    text.split('\n').some((line) => line.length > LONGEST_LINE) ||
    largestNumber(text) > (LARGEST_NUMBER[kind] ?? Number.POSITIVE_INFINITY) ||
    (ENDLESS[kind]?.test(text) ?? false)
  );
}

const LONG_WORD = new RegExp(`\\S{${LONGEST_WORD + 1},}`);

/** Comments are often lined with dashes. `%%{init: …}%%` is none. */
const withoutComments = (source: string) => source.replace(/^[ \t]*%%(?!\{).*$/gm, '');

/** The first word after the front matter and the directives, without `-beta` and the like. */
function kindOf(text: string): string {
  const body = text.replace(/^\s*---[\s\S]*?\n\s*---/, '').replace(/%%\{[\s\S]*?\}%%/g, '');
  return (/^\s*([a-z\d]+)/i.exec(body)?.[1] ?? '').toLowerCase();
}

const countStatements = (text: string) => text.split(/[\n;&]/).filter((part) => part.trim() !== '').length;

/** Outside of quoted labels. */
const largestNumber = (text: string) =>
  Math.max(0, ...(text.replace(/"[^"\n]*"/g, '').match(/\d+/g) ?? []).map(Number));

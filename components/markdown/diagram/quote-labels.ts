/**
 * A diagram with the labels quoted that Mermaid may not read as they are: models write `A[f(x) = 0]` where Mermaid
 * wants `A["f(x) = 0"]`. For a source that Mermaid has refused. The same source if there is nothing to quote.
 */
export function quoteLabels(source: string): string {
  const lines = source.split('\n');
  const quoteLine = QUOTED_BY[kindOf(lines)];
  return quoteLine ? lines.map((line) => (/^\s*%%/.test(line) ? line : quoteLine(line))).join('\n') : source;
}

const kindOf = (lines: readonly string[]) =>
  (/^\s*([a-z]+)/i.exec(lines.find((line) => /^\s*[a-z]/i.test(line)) ?? '')?.[1] ?? '').toLowerCase();

const QUOTED_BY: Record<string, ((line: string) => string) | undefined> = {
  graph: quoteFlowchart,
  flowchart: quoteFlowchart,
  sequencediagram: quoteMessage,
  mindmap: quoteMindmap,
  pie: quotePie,
  quadrantchart: quoteQuadrant,
  xychart: quoteChart,
};

/** The shapes of a flowchart's nodes, longer openings first. */
const SHAPES = [
  ...['(((,)))', '((,))', '([,])', '[[,]]', '[(,)]', '{{,}}', '[/,/]', '[/,\\]', '[\\,\\]', '[\\,/]'],
  ...['[,]', '(,)', '{,}', '>,]'],
].map((shape) => shape.split(',') as [string, string]);

/** `end` as a node: the word ends a subgraph. */
const NODE_END = /((?:[-=.]{2,}>?|&|\|)\s*)(end)(?=\s*(?:$|[;&]))/g;
/** What may follow a node. */
const AFTER_NODE = /^\s*(?:$|[;&]|:::|@\{|[<ox]?[-=]{2,}|<?-\.|~~~)/;
const NODE = /[\p{L}\p{N}_](?=[[({>])/gu;
const EDGE_LABEL = /([-=.]{2,}[>ox]?|---|~~~)\|([^|"]+)\|/g;
const INLINE_EDGE_LABEL = /(^|[\s\])}])--\s+(?!["|])([^"|>]*?[([{}\])@;#<][^"|>]*?)\s+(-{2,}>?)(?=\s)/g;

function quoteFlowchart(line: string): string {
  if (/^\s*(?:graph|flowchart|style|classDef|class|click|linkStyle|direction|end)\b/.test(line)) return line;
  const subgraph = /^(\s*subgraph\s+)([^["\n]*[^\p{L}\p{N}_\s[\]"-][^["\n]*)$/u.exec(line);
  if (subgraph) return `${subgraph[1]}${quoted(subgraph[2] ?? '')}`;
  return quoteNodes(line.replace(NODE_END, '$1end_["$2"]'))
    .replace(EDGE_LABEL, (_, edge: string, label: string) => `${edge}|${quoted(label)}|`)
    .replace(
      INLINE_EDGE_LABEL,
      (_, before: string, label: string, edge: string) => `${before}${edge}|${quoted(label)}|`,
    );
}

/** A semicolon in a message would end it. */
function quoteMessage(line: string): string {
  const [, start, text] = /^([^:]*(?:->|--|-x|-\)|[Nn]ote)[^:]*:)(.*;.*\S.*)$/.exec(line) ?? [];
  return start === undefined || text === undefined
    ? line
    : start + text.replace(/(?<!#\w+);(?=\s*\S)/g, '#59;');
}

function quoteNodes(line: string): string {
  let result = '';
  let from = 0;
  NODE.lastIndex = 0;
  for (let node = NODE.exec(line); node; node = NODE.exec(line)) {
    const start = node.index + 1;
    const shape = labelAt(line, start);
    if (!shape) continue;
    result += line.slice(from, start) + shape.open + quoted(shape.label) + shape.close;
    from = shape.end;
    NODE.lastIndex = shape.end;
  }
  return result + line.slice(from);
}

/** The label of the node whose shape begins at `start`: it ends where a node can end, brackets in it or not. */
function labelAt(line: string, start: number) {
  for (const [open, close] of SHAPES) {
    if (!line.startsWith(open, start)) continue;
    for (let at = line.indexOf(close, start + open.length); at >= 0; at = line.indexOf(close, at + 1)) {
      const end = at + close.length;
      if (AFTER_NODE.test(line.slice(end)))
        return { open, close, label: line.slice(start + open.length, at), end };
    }
  }
  return null;
}

/** `root((a))` and `id[a]` are shapes, `f(x) = 0` is a text with brackets. */
function quoteMindmap(line: string): string {
  const [, indent = '', text = ''] = /^(\s*)(.*?)\s*$/.exec(line) ?? [];
  if (/^(?:mindmap|::icon|:::|$)/.test(text)) return line;
  const whole = /^([\p{L}\p{N}_-]*)(\(\(|\{\{|\)\)|[[()])(.*?)(\)\)|\}\}|\(\(|[\])(])$/u.exec(text);
  if (whole && labelAt(`x${text.slice((whole[1] ?? '').length)}`, 1))
    return `${indent}${whole[1]}${whole[2]}${quoted(whole[3] ?? '')}${whole[4]}`;
  return /[()[\]{}"]/.test(text) ? `${indent}n[${quoted(text)}]` : line;
}

function quotePie(line: string): string {
  const [, indent = '', label, value] = /^(\s*)([^":\s][^":]*?)\s*[:：]\s*([\d.]+)\s*%?\s*$/.exec(line) ?? [];
  return label === undefined ? line : `${indent}${quoted(label)} : ${value}`;
}

function quoteQuadrant(line: string): string {
  const axis = /^(\s*[xy]-axis\s+)(.+?)(?:\s*-->\s*(.+?))?\s*$/.exec(line);
  if (axis) return `${axis[1]}${quoted(axis[2] ?? '')}${axis[3] ? ` --> ${quoted(axis[3])}` : ''}`;
  const quadrant = /^(\s*quadrant-[1-4]\s+)(.+?)\s*$/.exec(line);
  if (quadrant) return `${quadrant[1]}${quoted(quadrant[2] ?? '')}`;
  const point = /^(\s*)(.+?)\s*[:：]\s*(\[[\d., ]+\].*)$/.exec(line);
  return point ? `${point[1]}${quoted(point[2] ?? '')}: ${point[3]}` : line;
}

function quoteChart(line: string): string {
  const title = /^(\s*title\s+)(.+?)\s*$/.exec(line);
  if (title) return `${title[1]}${quoted(title[2] ?? '')}`;
  const axis = /^(\s*[xy]-axis\s*)([^[\]]*?)\s*(\[.*\]|[-\d.]+\s*-->\s*[-\d.]+)?\s*$/.exec(line);
  if (!axis) return line;
  const [, start, name = '', range = ''] = axis;
  const items = range.startsWith('[')
    ? `[${range
        .slice(1, -1)
        .split(/[,，]/)
        .map((item) => quoted(item))
        .join(', ')}]`
    : range;
  return [start?.trimEnd(), name && quoted(name), items].filter(Boolean).join(' ');
}

/** Between quotes, unless it is already. */
function quoted(label: string): string {
  const text = label.trim();
  return /^(?:"[^"]*"|`.*`|"`[\s\S]*`")$/.test(text) ? text : `"${text.replaceAll('"', '#quot;')}"`;
}

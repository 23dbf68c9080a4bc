import { fenceOf } from './fence';

/** A footnote that the text refers to. */
export interface Footnote {
  label: string;
  /** Markdown. */
  text: string;
}

export interface References {
  /** In the order of their first references. */
  footnotes: readonly Footnote[];
  /** What a block needs from other blocks. */
  of(block: string): BlockReferences;
  /** Changes whenever the result of `of` may change for any block. */
  version: string;
}

export interface BlockReferences {
  /** Definitions to prepend to the block, so that the parser resolves its references. */
  definitions: string;
  /**
   * The footnotes that it refers to, separated by spaces: `label:number`, with a `!` for the first reference in the
   * reply.
   */
  numbers: string;
}

export interface ReferenceCollector {
  collect(settled: readonly string[], open: string): References;
}

const LABEL = String.raw`(?:[^\[\]\\]|\\.){1,999}`;
const titleUntil = (end: string) => String.raw`(?:[^${end}\\\n]|\\.|\n(?![ \t]*\n))*`;
const DEFINITION = new RegExp(
  String.raw`(?:[ \t]*\n)*( {0,3}\[(?!\^)(${LABEL})\]:[ \t]*\n?[ \t]*(?:<(?:[^<>\n\\]|\\.)*>|[^\s<]\S*)` +
    String.raw`(?:(?:[ \t]+|[ \t]*\n[ \t]*)(?:"${titleUntil('"')}"|'${titleUntil("'")}'|\(${titleUntil('()')}\)))?[ \t]*(?=\n|$))`,
  'y',
);
const FOOTNOTE = /^ {0,3}\[\^([^\]\s]+)\]:[ \t]*((?:.|\n(?! {0,3}\[\^[^\]\s]+\]:))*)/gm;
const REFERENCE = new RegExp(String.raw`\[(${LABEL})\]`, 'g');
const NOTHING: BlockReferences = { definitions: '', numbers: '' };

const normalize = (label: string) => label.replace(/\s+/g, ' ').trim().toLowerCase().toUpperCase();

/**
 * Collects link definitions and footnotes, which are defined in one block and used in others. Each settled block is read
 * once. As CommonMark has it, the first definition of a label wins.
 */
export function createReferenceCollector(): ReferenceCollector {
  let read: readonly string[] = [];
  let count = 0;
  let collected = new Collected();

  return {
    collect(settled, open) {
      if (settled !== read) {
        read = settled;
        count = 0;
        collected = new Collected();
      }
      for (; count < settled.length; count += 1) collected.add(settled[count] ?? '');
      if (!open.includes('[')) return collected;
      const withOpen = collected.copy();
      withOpen.add(open);
      return withOpen;
    },
  };
}

class Collected implements References {
  constructor(
    private readonly links = new Map<string, string>(),
    private readonly bodies = new Map<string, Footnote>(),
    private readonly firstUses = new Map<string, string>(),
  ) {}

  copy(): Collected {
    return new Collected(new Map(this.links), new Map(this.bodies), new Map(this.firstUses));
  }

  add(block: string): void {
    if (!block.includes('[') || fenceOf(block)) return;
    for (const { label, text } of definitionsIn(block))
      if (label !== '' && !this.links.has(label)) this.links.set(label, text);
    for (const [, label = '', body = ''] of block.matchAll(FOOTNOTE))
      if (!this.bodies.has(normalize(label)))
        this.bodies.set(normalize(label), { label, text: body.replace(/^ {1,4}/gm, '').trim() });
    for (const label of footnotesUsed(block))
      if (!this.firstUses.has(label)) this.firstUses.set(label, block);
  }

  get version(): string {
    return [...this.links.values(), ...this.footnotes.map(({ label }) => label)].join('\n');
  }

  get footnotes(): readonly Footnote[] {
    return [...this.firstUses.keys()].flatMap((label) => this.bodies.get(label) ?? []);
  }

  of(block: string): BlockReferences {
    if ((this.links.size === 0 && this.bodies.size === 0) || !block.includes('[')) return NOTHING;
    const labels = new Set([...block.matchAll(REFERENCE)].map(([, label = '']) => normalize(label)));
    const links = [...labels].flatMap((label) => this.links.get(label) ?? []);
    const order = this.footnotes.map(({ label }) => normalize(label));
    const used = footnotesUsed(block).filter((label) => this.bodies.has(label));
    const stubs = used.map((label) => `[^${this.bodies.get(label)?.label}]: -`);
    // A link definition comes last: an indented block after a footnote would become part of the footnote.
    const all = [...stubs, ...links, ...(stubs.length > 0 && links.length === 0 ? ['[-]: #'] : [])];
    return {
      definitions: all.map((one) => `${one}\n\n`).join(''),
      numbers: [...new Set(used)]
        .map(
          (label) => `${label}:${order.indexOf(label) + 1}${this.firstUses.get(label) === block ? '!' : ''}`,
        )
        .join(' '),
    };
  }
}

/** The link definitions at the start of a block or of a quote. */
function definitionsIn(block: string): { label: string; text: string }[] {
  const source = /^\s*>/.test(block) ? block.replace(/^ {0,3}> ?/gm, '') : block;
  const found: { label: string; text: string }[] = [];
  DEFINITION.lastIndex = 0;
  for (let match = DEFINITION.exec(source); match; match = DEFINITION.exec(source)) {
    const [, text = '', label = ''] = match;
    found.push({ label: normalize(label), text });
  }
  return found;
}

function footnotesUsed(block: string): string[] {
  const uses = block.matchAll(/(?<!\\)\[\^([^\]\s]+)\](?!:)/g);
  return [...new Set([...uses].map(([, label = '']) => normalize(label)))];
}

import { fenceOf } from './fence';

/** A footnote that the text refers to. */
export interface Note {
  label: string;
  /** Markdown. */
  text: string;
}

export interface References {
  /** In the order in which the text refers to them. */
  notes: readonly Note[];
  /** What a block needs from other blocks, as one string that changes only when something of it does. */
  of(block: string): BlockReferences;
  /** Another one whenever an answer of `of` may be another one. */
  version: string;
}

export interface BlockReferences {
  /** Definitions to be read before the block. */
  definitions: string;
  /** The numbers of the footnotes that it refers to: `label:number`, and a `!` where this is the first such place. */
  numbers: string;
}

export interface ReferenceCollector {
  collect(settled: readonly string[], open: string): References;
}

const LABEL = String.raw`(?:[^\[\]\\]|\\.){1,999}`;
const words = (end: string) => String.raw`(?:[^${end}\\\n]|\\.|\n(?![ \t]*\n))*`;
const DEFINITION = new RegExp(
  String.raw`(?:[ \t]*\n)*( {0,3}\[(?!\^)(${LABEL})\]:[ \t]*\n?[ \t]*(?:<(?:[^<>\n\\]|\\.)*>|[^\s<]\S*)` +
    String.raw`(?:(?:[ \t]+|[ \t]*\n[ \t]*)(?:"${words('"')}"|'${words("'")}'|\(${words('()')}\)))?[ \t]*(?=\n|$))`,
  'y',
);
const NOTE = /^ {0,3}\[\^([^\]\s]+)\]:[ \t]*((?:.|\n(?! {0,3}\[\^[^\]\s]+\]:))*)/gm;
const USE = new RegExp(String.raw`\[(${LABEL})\]`, 'g');
const NOTHING: BlockReferences = { definitions: '', numbers: '' };

const normal = (label: string) => label.replace(/\s+/g, ' ').trim().toLowerCase().toUpperCase();

/**
 * What crosses the bounds of blocks: link definitions and footnotes, from wherever they stand to wherever they are
 * used. Each settled block is looked through once. The first definition of a label holds, as in the whole.
 */
export function createReferenceCollector(): ReferenceCollector {
  let read: readonly string[] = [];
  let count = 0;
  let known = new Found();

  return {
    collect(settled, open) {
      if (settled !== read) {
        read = settled;
        count = 0;
        known = new Found();
      }
      for (; count < settled.length; count += 1) known.add(settled[count] ?? '');
      if (!open.includes('[')) return known;
      const now = known.copy();
      now.add(open);
      return now;
    },
  };
}

class Found implements References {
  constructor(
    private readonly links = new Map<string, string>(),
    private readonly bodies = new Map<string, Note>(),
    private readonly uses = new Map<string, string>(),
  ) {}

  copy(): Found {
    return new Found(new Map(this.links), new Map(this.bodies), new Map(this.uses));
  }

  add(block: string): void {
    if (!block.includes('[') || fenceOf(block)) return;
    for (const { label, text } of definitionsIn(block))
      if (label !== '' && !this.links.has(label)) this.links.set(label, text);
    for (const [, label = '', body = ''] of block.matchAll(NOTE))
      if (!this.bodies.has(normal(label)))
        this.bodies.set(normal(label), { label, text: body.replace(/^ {1,4}/gm, '').trim() });
    for (const label of notesUsed(block)) if (!this.uses.has(label)) this.uses.set(label, block);
  }

  get version(): string {
    return [...this.links.values(), ...this.notes.map(({ label }) => label)].join('\n');
  }

  get notes(): readonly Note[] {
    return [...this.uses.keys()].flatMap((label) => this.bodies.get(label) ?? []);
  }

  of(block: string): BlockReferences {
    if ((this.links.size === 0 && this.bodies.size === 0) || !block.includes('[')) return NOTHING;
    const labels = new Set([...block.matchAll(USE)].map(([, label = '']) => normal(label)));
    const links = [...labels].flatMap((label) => this.links.get(label) ?? []);
    const order = this.notes.map(({ label }) => normal(label));
    const notes = notesUsed(block).filter((label) => this.bodies.has(label));
    const stubs = notes.map((label) => `[^${this.bodies.get(label)?.label}]: -`);
    // The last is always a link's: what is indented below a footnote would belong to it.
    const all = [...stubs, ...links, ...(stubs.length > 0 && links.length === 0 ? ['[-]: #'] : [])];
    return {
      definitions: all.map((one) => `${one}\n\n`).join(''),
      numbers: [...new Set(notes)]
        .map((label) => `${label}:${order.indexOf(label) + 1}${this.uses.get(label) === block ? '!' : ''}`)
        .join(' '),
    };
  }
}

/** The definitions at the beginning of a block, or of a quote. */
function definitionsIn(block: string): { label: string; text: string }[] {
  const source = /^\s*>/.test(block) ? block.replace(/^ {0,3}> ?/gm, '') : block;
  const found: { label: string; text: string }[] = [];
  DEFINITION.lastIndex = 0;
  for (let match = DEFINITION.exec(source); match; match = DEFINITION.exec(source)) {
    const [, text = '', label = ''] = match;
    found.push({ label: normal(label), text });
  }
  return found;
}

function notesUsed(block: string): string[] {
  const uses = block.matchAll(/(?<!\\)\[\^([^\]\s]+)\](?!:)/g);
  return [...new Set([...uses].map(([, label = '']) => normal(label)))];
}

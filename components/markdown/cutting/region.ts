import { FENCE_START, OpenFence } from '@/lib/chat/text/code-in-markdown';
import { formulaOpenedBy } from '@/lib/chat/text/formulas';

/** Lines that belong together although there may be blank ones among them: a displayed formula, or `details`. */
export interface Region {
  /** The index after what closes it, `open` if it goes on, or null if it turns out to be none. */
  read(line: string): number | 'open' | null;
  /** What follows it is another block. */
  isBlock?: boolean;
}

export const regionMayOpen = (line: string): boolean => /\$\$|\\\[|\\begin\{|<details>/i.test(line);

/** `skip`: how many possible openings in this line are already known not to open one. */
export function regionOpenedBy(line: string, skip: number): Region | null {
  if (!DETAILS.test(line)) return formulaOpenedBy(line, skip);
  return skip === 0 ? detailsOpenedBy(line) : formulaOpenedBy(line, skip - 1);
}

const DETAILS = /^ {0,3}<details>/i;
/** Longer `details` are cut like any other text. */
const MOST_CHARACTERS = 16_000;
const MOST_LINES = 400;
const DEEPEST = 8;

function detailsOpenedBy(first: string): Region | null {
  let depth = 0;
  let length = 0;
  let lines = 0;
  let fence: OpenFence | null = null;
  const read = (line: string) => {
    length += line.length;
    lines += 1;
    const opening = fence ? undefined : FENCE_START.exec(line)?.groups;
    if (opening) fence = new OpenFence(opening.fence ?? '', opening.info ?? '', opening.prefix);
    else if (fence) fence = fence.closes(line) ? null : fence;
    else
      for (const [tag] of line.matchAll(/^ {0,3}<details>|<\/details>/gi))
        depth += tag.startsWith('</') ? -1 : 1;
    if (length > MOST_CHARACTERS || lines > MOST_LINES || depth > DEEPEST) return null;
    return depth > 0 ? 'open' : line.length;
  };
  // Indented, it may be in an item, which goes on.
  return read(first) === 'open' ? { read, isBlock: first.startsWith('<') } : null;
}

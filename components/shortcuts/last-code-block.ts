import { FENCE_START, OpenFence } from '@/lib/chat/text/code-in-markdown';

/** The code of the last fence in the newest of the replies that has one, oldest first; null if none has. */
export function lastCodeBlock(replies: readonly string[]): string | null {
  for (const reply of replies.toReversed()) {
    const code = lastFence(reply);
    if (code !== null) return code;
  }
  return null;
}

function lastFence(reply: string): string | null {
  let lines: string[] | null = null;
  let fence: OpenFence | null = null;
  /** The marks of the lists and quotes around the fence, which are not part of the code. */
  let around = /^/;
  for (const line of reply.split(/\r\n|\r|\n/)) {
    const closes: boolean | 'before' | undefined = fence?.closes(line);
    if (closes === 'before') lines?.pop();
    if (closes) fence = null;
    else if (fence) lines?.push(line.replace(around, ''));
    if (fence || closes === true) continue;
    const { prefix = '', fence: marks, info = '' } = FENCE_START.exec(line)?.groups ?? {};
    if (marks === undefined) continue;
    fence = new OpenFence(marks, info, prefix);
    around = new RegExp(`^[ \\t>]{0,${prefix.length}}`);
    lines = [];
  }
  if (fence?.isClosedAtEnd) lines?.pop();
  return lines?.join('\n') ?? null;
}

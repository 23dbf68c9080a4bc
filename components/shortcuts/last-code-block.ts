/** The code of the last fence in the newest of the replies that has one, oldest first; null if none has. */
export function lastCodeBlock(replies: readonly string[]): string | null {
  for (const reply of replies.toReversed()) {
    const code = lastFence(reply);
    if (code !== null) return code;
  }
  return null;
}

/** A fence may stand in lists and quotes, whose marks are not part of the code. */
const OPENING = /^((?:[ \t]|>|[-*+][ \t]|\d{1,9}[.)][ \t])*)(`{3,}|~{3,})(.*)$/;

function lastFence(reply: string): string | null {
  let last: string | null = null;
  let open: { before: RegExp; closing: RegExp; lines: string[] } | null = null;
  for (const line of reply.split(/\r\n|\r|\n/)) {
    if (open) {
      if (open.closing.test(line)) open = null;
      else open.lines.push(line.replace(open.before, ''));
      if (open) last = open.lines.join('\n');
      continue;
    }
    const [, before = '', marks = '', info = ''] = OPENING.exec(line) ?? [];
    if (marks === '' || (marks.startsWith('`') && info.includes('`'))) continue;
    open = {
      before: new RegExp(`^(?:[ \\t]|>){0,${before.length}}`),
      closing: new RegExp(`^[ \\t>]*\\${marks[0]}{${marks.length},}[ \\t]*$`),
      lines: [],
    };
    last = '';
  }
  return last;
}

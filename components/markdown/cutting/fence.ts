import { fenceEnd } from '@/lib/chat/text/code-in-markdown';
import type { Code } from '../code/read-code';

const OPENING = /^(?:[ \t]*\n)*( {0,3})(`{3,}(?=[^`\n]*(?:\n|$))|~{3,})([^\n]*)(?:\n|$)/;

/**
 * Reads a block that is one fence without the Markdown parser, which would parse a growing fence again for each token.
 * Null for every other block, and for the few fences whose info string needs decoding.
 */
export function fenceOf(block: string): Code | null {
  const opening = OPENING.exec(block);
  if (!opening) return null;
  const [all, indent = '', marks = '', info = ''] = opening;
  if (/[\\&]/.test(info) || block.includes('\r') || block.includes('\0')) return null;
  const language = info.trim().split(/[ \t]/, 1)[0] || null;
  const body = block.slice(all.length);
  if (/^(?:markdown|mdx?)$/i.test(language ?? '')) return markdownFence(block, all, marks, info, language);
  const lastStart = body.trimEnd().lastIndexOf('\n') + 1;
  const last = body.slice(lastStart).trimEnd();
  const run = new RegExp(`^ {0,3}\\${marks[0]}+$`).test(last) ? last.trimStart().length : 0;
  const isOpen = run < marks.length;
  // A last line that may become the closing fence is not shown as code.
  const ends = !isOpen || (run > 0 && !body.endsWith('\n'));
  const inside = ends ? body.slice(0, lastStart) : body;
  const code = inside.endsWith('\n') ? inside.slice(0, -1) : inside;
  return {
    code: outdent(code, indent.length),
    language: isOpen && !all.endsWith('\n') ? null : language,
    isOpen,
  };
}

const outdent = (code: string, width: number): string =>
  width === 0 ? code : code.replace(new RegExp(`^ {1,${width}}`, 'gm'), '');

/** Markdown in a fence may hold fences of its own, so its lines are read one by one. */
function markdownFence(
  block: string,
  opening: string,
  marks: string,
  info: string,
  language: string | null,
): Code {
  const start = opening.trimEnd().lastIndexOf('\n') + 1;
  const closing = fenceEnd(block, start, { prefix: '', fence: marks, info })?.closing ?? null;
  const code = block.slice(opening.length, closing ?? undefined).replace(/\n$/, '');
  return {
    code,
    language: closing === null && !opening.endsWith('\n') ? null : language,
    isOpen: closing === null,
  };
}

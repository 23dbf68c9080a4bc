const OPEN = '<think>';
const CLOSE = '</think>';

export interface ReplyPiece {
  type: 'reasoning' | 'content';
  text: string;
}

export interface ThinkSplitter {
  push(text: string): ReplyPiece[];
  /** What was still held back when the reply ended. */
  end(): ReplyPiece[];
}

/**
 * Tells reasoning from reply where a server sends both as one text, `<think>…</think>` first (DeepSeek R1, QwQ and
 * others behind Ollama or vLLM). Only at the very beginning of a reply: one that talks about such tags further on is
 * not touched. A think that is never closed is reasoning to its end. White space around the reasoning goes.
 * The result does not depend on how the text was cut.
 */
export function createThinkSplitter(): ThinkSplitter {
  let state: 'start' | 'thinking' | 'thought' | 'reply' = 'start';
  let held = '';
  let reasoned = false;

  const pieces = (type: ReplyPiece['type'], text: string): ReplyPiece[] => (text ? [{ type, text }] : []);

  function reply(text: string): ReplyPiece[] {
    if (state === 'thought') text = text.trimStart();
    if (text) state = 'reply';
    return pieces('content', text);
  }

  function think(text: string): ReplyPiece[] {
    if (!reasoned) text = text.trimStart();
    const close = text.indexOf(CLOSE);
    if (close >= 0) {
      state = 'thought';
      return [
        ...pieces('reasoning', text.slice(0, close).trimEnd()),
        ...reply(text.slice(close + CLOSE.length)),
      ];
    }
    const settled = text.slice(0, text.length - tailOf(text, CLOSE)).trimEnd();
    held = text.slice(settled.length);
    if (settled) reasoned = true;
    return pieces('reasoning', settled);
  }

  return {
    push(text) {
      if (state === 'reply' || state === 'thought') return reply(text);
      const all = held + text;
      held = '';
      if (state === 'thinking') return think(all);
      const begun = all.trimStart();
      if (begun.startsWith(OPEN)) {
        state = 'thinking';
        return think(begun.slice(OPEN.length));
      }
      if (!OPEN.startsWith(begun)) return reply(all);
      held = all;
      return [];
    },
    end() {
      const rest = held;
      held = '';
      return pieces(state === 'thinking' ? 'reasoning' : 'content', rest);
    },
  };
}

/** The length of the longest end of the text that may be the beginning of the tag. */
function tailOf(text: string, tag: string): number {
  for (let length = Math.min(text.length, tag.length - 1); length > 0; length -= 1)
    if (text.endsWith(tag.slice(0, length))) return length;
  return 0;
}

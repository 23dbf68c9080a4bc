const OPEN = '<think>';
const CLOSE = '</think>';

export interface ReplyPiece {
  type: 'reasoning' | 'content';
  text: string;
}

export interface ThinkSplitter {
  push(text: string): ReplyPiece[];
  /** The pieces that were held back when the reply ended. */
  end(): ReplyPiece[];
}

/**
 * Splits reasoning from content where a server sends both as one text that begins with `<think>…</think>`
 * (DeepSeek R1, QwQ and others behind Ollama or vLLM). Tags later in a reply are content. Without a closing
 * tag, everything is reasoning. White space around the reasoning is dropped. The result does not depend on
 * how the text is cut into deltas.
 */
export function createThinkSplitter(): ThinkSplitter {
  let state: 'start' | 'reasoning' | 'reasoned' | 'content' = 'start';
  let held = '';
  let hasReasoning = false;

  const pieces = (type: ReplyPiece['type'], text: string): ReplyPiece[] => (text ? [{ type, text }] : []);

  function content(text: string): ReplyPiece[] {
    if (state === 'reasoned') text = text.trimStart();
    if (text) state = 'content';
    return pieces('content', text);
  }

  function reasoning(text: string): ReplyPiece[] {
    if (!hasReasoning) text = text.trimStart();
    const close = text.indexOf(CLOSE);
    if (close >= 0) {
      state = 'reasoned';
      return [
        ...pieces('reasoning', text.slice(0, close).trimEnd()),
        ...content(text.slice(close + CLOSE.length)),
      ];
    }
    const certain = text.slice(0, text.length - partialTagLength(text, CLOSE)).trimEnd();
    held = text.slice(certain.length);
    if (certain) hasReasoning = true;
    return pieces('reasoning', certain);
  }

  return {
    push(text) {
      if (state === 'content' || state === 'reasoned') return content(text);
      const all = held + text;
      held = '';
      if (state === 'reasoning') return reasoning(all);
      const start = all.trimStart();
      if (start.startsWith(OPEN)) {
        state = 'reasoning';
        return reasoning(start.slice(OPEN.length));
      }
      if (!OPEN.startsWith(start)) return content(all);
      held = all;
      return [];
    },
    end() {
      const rest = held;
      held = '';
      return pieces(state === 'reasoning' ? 'reasoning' : 'content', rest);
    },
  };
}

/** The length of the longest suffix of the text that could be the start of the tag. */
function partialTagLength(text: string, tag: string): number {
  for (let length = Math.min(text.length, tag.length - 1); length > 0; length -= 1)
    if (text.endsWith(tag.slice(0, length))) return length;
  return 0;
}

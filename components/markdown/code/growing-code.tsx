import { memo, useState } from 'react';
import { continues } from '../cutting/continues';
import styles from './code-block.module.css';

/** Characters after which a chunk ends with its line. */
const CHUNK = 2_000;
/** Characters of code of which only what is near the screen is laid out. */
const LONG = 30_000;

/**
 * Code as plain text in pieces, each a box of its own: only the last one changes while the code grows, so that
 * neither React nor the layout goes over the others again.
 */
export function GrowingCode({ code }: { code: string }) {
  const [chunksOf] = useState(createChunker);
  const long = code.length > LONG;
  return chunksOf(code).map((chunk, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a chunk is its place.
    <Chunk key={index} text={chunk} long={long} />
  ));
}

const Chunk = memo(function Chunk({ text, long }: { text: string; long: boolean }) {
  return <span className={long ? `${styles.chunk} ${styles.long}` : styles.chunk}>{text}</span>;
});

/** Remembers the chunks of the code so far: those that are whole are the same strings the next time. */
function createChunker(): (code: string) => readonly string[] {
  let text = '';
  let whole: string[] = [];
  let start = 0;
  return (code) => {
    if (!continues(code, text)) {
      whole = [];
      start = 0;
    }
    text = code;
    for (
      let end = code.indexOf('\n', start + CHUNK) + 1;
      end > 0;
      end = code.indexOf('\n', start + CHUNK) + 1
    ) {
      whole.push(code.slice(start, end));
      start = end;
    }
    return [...whole, code.slice(start)];
  };
}

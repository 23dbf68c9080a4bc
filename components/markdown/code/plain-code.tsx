import { memo, useState } from 'react';
import { continues } from '../cutting/blocks';
import styles from './code-block.module.css';

/** A chunk ends with the first line that reaches this many characters. */
const CHUNK_CHARACTERS = 2_000;
/** From this many characters on, only chunks near the screen are laid out. */
const LONG_CHARACTERS = 30_000;

/**
 * Code without highlighting, in chunks. Only the last chunk changes while the code streams, so neither React nor the
 * layout touches the others again.
 */
export function PlainCode({ code }: { code: string }) {
  const [chunksOf] = useState(createChunker);
  const isLong = code.length > LONG_CHARACTERS;
  return chunksOf(code).map((chunk, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: chunks are only ever added or changed at the end.
    <Chunk key={index} text={chunk} isLong={isLong} />
  ));
}

const Chunk = memo(function Chunk({ text, isLong }: { text: string; isLong: boolean }) {
  return <span className={isLong ? `${styles.chunk} ${styles.long}` : styles.chunk}>{text}</span>;
});

/** Returns a function that keeps the chunks of the previous call, so that complete chunks stay the same strings. */
function createChunker(): (code: string) => readonly string[] {
  let text = '';
  let complete: string[] = [];
  let start = 0;
  return (code) => {
    if (!continues(code, text)) {
      complete = [];
      start = 0;
    }
    text = code;
    const endOfChunk = () => code.indexOf('\n', start + CHUNK_CHARACTERS) + 1;
    let end = endOfChunk();
    while (end > 0) {
      complete.push(code.slice(start, end));
      start = end;
      end = endOfChunk();
    }
    return [...complete, code.slice(start)];
  };
}

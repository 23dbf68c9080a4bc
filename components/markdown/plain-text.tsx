import styles from './markdown.module.css';

/** A few screens. */
const PART_CHARACTERS = 8_000;

/** Text of any length as it is written, in parts: only those near the screen are laid out. */
export function PlainText({ text }: { text: string }) {
  const parts = Array.from({ length: Math.ceil(text.length / PART_CHARACTERS) }, (_, part) =>
    text.slice(part * PART_CHARACTERS, (part + 1) * PART_CHARACTERS),
  );
  return (
    <p className={styles.plain}>
      {parts.length === 1
        ? text
        : parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their index.
            <span key={index} className={styles.part}>
              {part}
            </span>
          ))}
    </p>
  );
}

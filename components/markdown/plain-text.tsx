import styles from './markdown.module.css';

/** Characters of one part: a few screens. */
const PART = 8_000;

/** Text as it stands, however long: in parts, of which only those near the screen are laid out. */
export function PlainText({ text }: { text: string }) {
  const parts = Array.from({ length: Math.ceil(text.length / PART) }, (_, part) =>
    text.slice(part * PART, (part + 1) * PART),
  );
  return (
    <p className={styles.plain}>
      {parts.length === 1
        ? text
        : parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place.
            <span key={index} className={styles.part}>
              {part}
            </span>
          ))}
    </p>
  );
}

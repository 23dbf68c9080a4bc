import styles from './colours.module.css';
import { highlight } from './highlight';

export function Colours({ code, language }: { code: string; language: string | null }) {
  return highlight(code, language).map(({ kind, text }, index) =>
    kind === 'plain' ? (
      text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a token has no name but its place.
      <span key={index} className={styles[kind]}>
        {text}
      </span>
    ),
  );
}

import { highlight } from './highlight';
import styles from './highlighted-code.module.css';

export function HighlightedCode({ code, language }: { code: string; language: string | null }) {
  return highlight(code, language).map(({ kind, text }, index) =>
    kind === 'plain' ? (
      text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no identity but their index.
      <span key={index} className={styles[kind]}>
        {text}
      </span>
    ),
  );
}

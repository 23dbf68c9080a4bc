import { memo } from 'react';
import { highlight, type Token } from './highlight';
import styles from './highlighted-code.module.css';

export function HighlightedCode({ code, language }: { code: string; language: string | null }) {
  return <HighlightedTokens tokens={highlight(code, language)} />;
}

export const HighlightedTokens = memo(function HighlightedTokens({ tokens }: { tokens: readonly Token[] }) {
  return tokens.map(({ kind, text }, index) =>
    kind === 'plain' ? (
      text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no identity but their index.
      <span key={index} className={styles[kind]}>
        {text}
      </span>
    ),
  );
});

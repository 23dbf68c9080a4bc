import { memo, useRef } from 'react';
import { CopyButton } from '../ui/copy-button';
import { useWords } from '../words';
import styles from './code-block.module.css';
import type { Code } from './code-of';
import { Colours } from './colours';
import { GrowingCode } from './growing-code';
import { useColours } from './use-colours';

export const CodeBlock = memo(function CodeBlock({ code, language, open }: Code) {
  const words = useWords();
  const place = useRef<HTMLElement>(null);
  const coloured = useColours(open, place);
  const name = language ?? words.markdown.code;
  return (
    <figure className={styles.block} dir="ltr">
      <figcaption className={styles.caption}>
        <span>{name}</span>
        <CopyButton worded className={styles.copy} text={() => code} label={words.turn.copy} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so the keyboard must reach it. */}
      <section ref={place} className={styles.scroll} tabIndex={0} aria-label={words.markdown.codeBlock(name)}>
        <pre>
          <code>{coloured ? <Colours code={code} language={language} /> : <GrowingCode code={code} />}</code>
        </pre>
      </section>
    </figure>
  );
});

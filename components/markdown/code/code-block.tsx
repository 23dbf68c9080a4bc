import { memo, useRef, useState } from 'react';
import { CopyButton } from '../../ui/copy-button';
import { Icon } from '../../ui/icon';
import { useStrings } from '../../use-strings';
import styles from './code-block.module.css';
import type { Code } from './code-of';
import { Colours } from './colours';
import { fileName } from './file-name';
import { GrowingCode } from './growing-code';
import { COLOUR_LIMIT } from './highlight';
import { saveFile } from './save-file';
import { useColours } from './use-colours';

export const CodeBlock = memo(function CodeBlock({ code, language, open }: Code) {
  const strings = useStrings();
  const place = useRef<HTMLElement>(null);
  const coloured = useColours(open, place);
  const [wrapped, setWrapped] = useState(false);
  const name = language ?? strings.markdown.plainText;
  const file = fileName(language);
  return (
    <figure className={styles.block} dir="ltr">
      <figcaption className={styles.caption}>
        <span className={styles.name}>{name}</span>
        <button
          type="button"
          className={styles.tool}
          aria-pressed={wrapped}
          aria-label={strings.markdown.wrap}
          title={strings.markdown.wrap}
          onClick={() => setWrapped(!wrapped)}
        >
          <Icon name="wrap" size={14} />
        </button>
        <button
          type="button"
          className={styles.tool}
          aria-label={strings.markdown.download(file)}
          title={strings.markdown.download(file)}
          onClick={() => saveFile(file, `${code}\n`)}
        >
          <Icon name="download" size={14} />
        </button>
        <CopyButton caption className={styles.tool} text={() => code} label={strings.turn.copy} />
      </figcaption>
      <section
        ref={place}
        className={styles.scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so the keyboard must reach it.
        tabIndex={0}
        aria-label={strings.markdown.codeBlock(name)}
      >
        <pre className={wrapped ? styles.wrapped : undefined}>
          <code>
            {coloured && code.length <= COLOUR_LIMIT ? (
              <Colours code={code} language={language} />
            ) : (
              <GrowingCode code={code} />
            )}
          </code>
        </pre>
      </section>
    </figure>
  );
});

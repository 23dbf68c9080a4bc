import { memo, useRef, useState } from 'react';
import { CopyButton } from '../../ui/copy-button';
import { Icon } from '../../ui/icon';
import { useStrings } from '../../use-strings';
import { useMarkdownStrings } from '../use-markdown-strings';
import styles from './code-block.module.css';
import { fileName, saveFile } from './file-name';
import { HIGHLIGHT_LIMIT } from './highlight';
import { HighlightedCode } from './highlighted-code';
import { familyOf } from './languages';
import { PlainCode } from './plain-code';
import type { Code } from './read-code';
import { StreamedCode } from './streamed-code';
import { useHighlighting, useSelectedIn } from './use-highlighting';

export const CodeBlock = memo(function CodeBlock({ code, language, isOpen }: Code) {
  const strings = useStrings();
  const markdown = useMarkdownStrings();
  const scroller = useRef<HTMLElement>(null);
  const isHighlighted = useHighlighting(isOpen, scroller);
  const [wasOpen] = useState(isOpen);
  const isSelected = useSelectedIn(scroller, wasOpen);
  const family = language === null ? null : familyOf(language);
  const [isWrapped, setIsWrapped] = useState(false);
  const name = language ?? markdown.plainText;
  const file = fileName(language);
  return (
    <figure className={styles.block} dir="ltr" data-language={language ?? undefined}>
      <figcaption className={styles.caption}>
        <span className={styles.name}>{name}</span>
        <button
          type="button"
          className={styles.tool}
          aria-pressed={isWrapped}
          aria-label={markdown.wrap}
          title={markdown.wrap}
          onClick={() => setIsWrapped(!isWrapped)}
        >
          <Icon name="wrap" size={14} />
        </button>
        <button
          type="button"
          className={styles.tool}
          aria-label={markdown.download(file)}
          title={markdown.download(file)}
          onClick={() => saveFile(file, `${code}\n`)}
        >
          <Icon name="download" size={14} />
        </button>
        <CopyButton caption className={styles.tool} text={() => code} label={strings.copyButton.copy} />
      </figcaption>
      <section
        ref={scroller}
        className={styles.scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so it must be reachable by keyboard.
        tabIndex={0}
        aria-label={markdown.codeBlock(name)}
      >
        <pre className={isWrapped ? styles.wrapped : undefined}>
          <code>
            {wasOpen && language !== null && family ? (
              <StreamedCode
                key={language}
                code={code}
                language={language}
                family={family}
                isSelected={isSelected}
                isTailHighlighted={isHighlighted}
              />
            ) : isHighlighted && code.length <= HIGHLIGHT_LIMIT ? (
              <HighlightedCode code={code} language={language} />
            ) : (
              <PlainCode code={code} />
            )}
          </code>
        </pre>
      </section>
    </figure>
  );
});

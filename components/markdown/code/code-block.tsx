import { memo, useRef, useState } from 'react';
import { CopyButton } from '../../ui/copy-button';
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
import { Tool } from './tool';
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
        <Tool
          icon="wrap"
          label={markdown.wrap}
          isPressed={isWrapped}
          press={() => setIsWrapped(!isWrapped)}
        />
        <Tool icon="download" label={markdown.download(file)} press={() => saveFile(file, `${code}\n`)} />
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

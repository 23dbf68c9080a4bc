import { lineCount } from '@/lib/chat/text/paste';
import { Icon } from '../../ui/icon';
import { useStrings } from '../../use-strings';
import styles from './pasted-text.module.css';

/** A long paste within a message, folded: it is seldom read again. */
export function PastedText({ text }: { text: string }) {
  const { attachments } = useStrings();
  return (
    <details className={styles.pasted}>
      <summary>
        <Icon name="lines" size={16} />
        {attachments.pasteSummary(lineCount(text), text.length)}
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it. */}
      <pre tabIndex={0} dir="auto">
        {text}
      </pre>
    </details>
  );
}

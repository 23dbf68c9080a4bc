import { useCallback, useState } from 'react';
import { lineCount } from '@/lib/chat/text/paste';
import { setPaste } from '@/lib/client/actions';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/icon-button';
import { LazyPart, useRequestedPart } from '../../ui/lazy/lazy-part';
import { useStrings } from '../../use-strings';
import styles from './attachments.module.css';

const EDITOR = new LazyPart(() => import('./paste-editor').then(({ PasteEditor }) => PasteEditor));

interface PasteChipProps {
  assistantId: string;
  text: string;
  /** Position among the pasted blocks, from 0. */
  index: number;
  remove: () => void;
}

/** A pasted block: shows its length, and opens in an editor. */
export function PasteChip({ assistantId, text, index, remove }: PasteChipProps) {
  const { attachments } = useStrings();
  const [isOpen, setIsOpen] = useState(false);
  const close = useCallback(() => setIsOpen(false), []);
  const PasteEditor = useRequestedPart(EDITOR, isOpen, close);
  const size = attachments.pasteSummary(lineCount(text), text.length);
  return (
    <div className={styles.paste}>
      <button
        type="button"
        aria-haspopup="dialog"
        title={attachments.openPaste(index + 1)}
        onClick={() => setIsOpen(true)}
      >
        <Icon name="lines" size={18} />
        {size}
      </button>
      <IconButton icon="close" label={attachments.removePaste(index + 1)} size="small" onClick={remove} />
      {isOpen && PasteEditor && (
        <PasteEditor text={text} change={(changed) => setPaste(assistantId, index, changed)} close={close} />
      )}
    </div>
  );
}

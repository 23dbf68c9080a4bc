import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { isBlank } from '@/lib/chat/session';
import { conversationListStrings } from '@/lib/chat/strings/conversation-list';
import { IconButton } from '../ui/icon-button';
import { useLanguage } from '../use-strings';
import styles from './rename-form.module.css';

const TITLE_LIMIT = 120;

interface RenameFormProps {
  id: string;
  title: string;
  /** The most characters. */
  limit?: number;
  save: (title: string) => void;
  cancel: () => void;
}

export function RenameForm({ id, title, limit = TITLE_LIMIT, save, cancel }: RenameFormProps) {
  const conversationList = conversationListStrings(useLanguage());
  const [text, setText] = useState(title);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => field.current?.select(), []);

  const cancelOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    // Escape closes only this form, not the dialog around it.
    event.preventDefault();
    event.stopPropagation();
    cancel();
  };

  return (
    <form
      id={id}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        const trimmed = text.trim();
        if (!isBlank(trimmed) && trimmed !== title) save(trimmed);
        else cancel();
      }}
    >
      <input
        ref={field}
        className={styles.field}
        aria-label={conversationList.titleLabel}
        value={text}
        maxLength={limit}
        enterKeyHint="done"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={cancelOnEscape}
      />
      <IconButton
        icon="check"
        label={conversationList.save}
        size="small"
        onClick={(event) => event.currentTarget.form?.requestSubmit()}
      />
      <IconButton icon="close" label={conversationList.cancel} size="small" onClick={cancel} />
    </form>
  );
}

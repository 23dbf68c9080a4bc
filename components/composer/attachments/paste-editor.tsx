import { useEffect, useRef } from 'react';
import { useStrings } from '../../use-strings';
import styles from './paste-editor.module.css';

interface PasteEditorProps {
  text: string;
  change: (text: string) => void;
  close: () => void;
}

/** Shows a pasted block for reading and editing. Every change is saved at once. */
export function PasteEditor({ text, change, close }: PasteEditorProps) {
  const { attachments } = useStrings();
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    dialog.current?.showModal();
    // Opens at the start of the text.
    field.current?.setSelectionRange(0, 0);
    field.current?.scrollTo(0, 0);
  }, []);

  return (
    <dialog ref={dialog} className={styles.editor} aria-label={attachments.pasteTitle} onClose={close}>
      <header>
        <h2>{attachments.pasteTitle}</h2>
        <p>{attachments.pasteHint}</p>
      </header>
      <textarea
        ref={field}
        aria-label={attachments.pasteTitle}
        value={text}
        spellCheck={false}
        dir="auto"
        onChange={({ target }) => change(target.value)}
      />
      <button type="button" onClick={() => dialog.current?.close()}>
        {attachments.done}
      </button>
    </dialog>
  );
}

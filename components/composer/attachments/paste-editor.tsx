import { useEffect, useRef } from 'react';
import { useOverlayStrings } from '../../use-overlay-strings';
import styles from './paste-editor.module.css';

interface PasteEditorProps {
  text: string;
  change: (text: string) => void;
  close: () => void;
}

/** Shows a pasted block for reading and editing. Every change is saved at once. */
export function PasteEditor({ text, change, close }: PasteEditorProps) {
  const { pasteEditor } = useOverlayStrings();
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    dialog.current?.showModal();
    // Opens at the start of the text.
    field.current?.setSelectionRange(0, 0);
    field.current?.scrollTo(0, 0);
  }, []);

  return (
    <dialog ref={dialog} className={styles.editor} aria-label={pasteEditor.title} onClose={close}>
      <header>
        <h2>{pasteEditor.title}</h2>
        <p>{pasteEditor.hint}</p>
      </header>
      <textarea
        ref={field}
        aria-label={pasteEditor.title}
        value={text}
        spellCheck={false}
        dir="auto"
        onChange={({ target }) => change(target.value)}
      />
      <button type="button" onClick={() => dialog.current?.close()}>
        {pasteEditor.done}
      </button>
    </dialog>
  );
}

import { failureText } from '@/lib/chat/words/failure-text';
import { dismissUndo, undo } from '@/lib/client/actions';
import { useUndoable } from '@/lib/client/hooks';
import { useWords } from '../words';
import { useNotices } from './notices';
import { Toast } from './toast';
import styles from './toasts.module.css';

/** The newest things that were done and can be taken back, and what failed. Stands where it covers nothing. */
export function Toasts() {
  const words = useWords();
  const undoable = useUndoable();
  const { failure, done, report, dismiss } = useNotices();
  return (
    <div className={styles.toasts}>
      {undoable.slice(-2).map(({ kind, sessionId, title }) => (
        <Toast
          key={`${kind} ${sessionId}`}
          text={words.toast[kind === 'clear' ? 'cleared' : 'removed'](title || words.header.untitled)}
          undo={() => report(undo(sessionId))}
          dismiss={() => dismissUndo(sessionId)}
        />
      ))}
      {done && <Toast key="done" brief text={done} dismiss={dismiss} />}
      {failure && (
        <Toast key="failure" urgent text={failureText(words, failure, 'history')} dismiss={dismiss} />
      )}
    </div>
  );
}

import { failureText } from '@/lib/chat/strings/failure-text';
import type { Strings } from '@/lib/chat/strings/strings';
import { dismissUndo, undo } from '@/lib/client/actions';
import { useUndoable } from '@/lib/client/hooks';
import type { Undoable } from '@/lib/client/state/session-store';
import { useStrings } from '../use-strings';
import { useNotices } from './notices';
import { Toast } from './toast';
import styles from './toasts.module.css';

/** The newest things that were done and can be taken back, and what failed. Stands where it covers nothing. */
export function Toasts() {
  const strings = useStrings();
  const undoable = useUndoable();
  const { failure, done, report, dismiss } = useNotices();
  return (
    <div className={styles.toasts}>
      {undoable.slice(-2).map((what) => (
        <Toast
          key={`${what.kind} ${what.kind === 'turn' ? what.turnId : what.sessionId}`}
          text={told(strings, what)}
          undo={() => report(undo(what))}
          dismiss={() => dismissUndo(what)}
        />
      ))}
      {done && <Toast key="done" brief text={done} dismiss={dismiss} />}
      {failure && (
        <Toast key="failure" urgent text={failureText(strings, failure, 'history')} dismiss={dismiss} />
      )}
    </div>
  );
}

function told({ toasts, header }: Strings, { kind, title }: Undoable): string {
  switch (kind) {
    case 'clear':
      return toasts.cleared(title || header.untitled);
    case 'delete':
      return toasts.deleted(title || header.untitled);
    case 'turn':
      return toasts.turnDeleted;
  }
}

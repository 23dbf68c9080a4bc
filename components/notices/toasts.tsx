import { failureText } from '@/lib/chat/strings/failure-text';
import type { Strings } from '@/lib/chat/strings/strings';
import { dismissUndo, undo } from '@/lib/client/actions';
import { useUndoable } from '@/lib/client/hooks';
import type { Undoable } from '@/lib/client/state/session-store';
import { useFailureStrings } from '../use-failure-strings';
import { useNotices } from './notices';
import { Toast } from './toast';
import styles from './toasts.module.css';

/** The newest actions that can be undone, the newest confirmation, and the newest failure. */
export function Toasts() {
  const undoable = useUndoable();
  const { failure, confirmation, report, dismiss } = useNotices();
  const strings = useFailureStrings(failure);
  return (
    <div className={styles.toasts}>
      {undoable.slice(-2).map((what) => (
        <Toast
          key={`${what.kind} ${what.kind === 'turn' ? what.turnId : what.sessionId}`}
          text={undoableText(strings, what)}
          undo={() => report(undo(what))}
          dismiss={() => dismissUndo(what)}
        />
      ))}
      {confirmation && <Toast key="confirmation" isBrief text={confirmation} dismiss={dismiss} />}
      {failure && (
        <Toast key="failure" isUrgent text={failureText(strings, failure, 'history')} dismiss={dismiss} />
      )}
    </div>
  );
}

function undoableText({ toasts, header }: Strings, { kind, title }: Undoable): string {
  switch (kind) {
    case 'clear':
      return toasts.cleared(title || header.untitled);
    case 'delete':
      return toasts.deleted(title || header.untitled);
    case 'turn':
      return toasts.turnDeleted;
  }
}

import { canContinue } from '@/lib/chat/can-continue';
import { turnNote } from '@/lib/chat/strings/turn-note';
import type { Turn } from '@/lib/chat/turn';
import { continueReply, retryTurn } from '@/lib/client/actions';
import { Icon, type IconName } from '../../ui/icon';
import { useFailureStrings } from '../../use-failure-strings';
import { useTurnFooterStrings } from '../use-turn-footer-strings';
import styles from './reply-note.module.css';

/** Why a reply is incomplete, and what can be done about it. Nothing under a reply that ended normally. */
export function ReplyNote({ turn, isBusy }: { turn: Turn; isBusy: boolean }) {
  const strings = useFailureStrings(turn.error);
  const turnFooter = useTurnFooterStrings();
  const note = turnNote(turn, strings, turnFooter);
  if (!note) return null;
  const mayContinue = !isBusy && canContinue(turn);
  const mayRetry = !isBusy && note.retry;
  return (
    <div className={`${styles.note} ${styles[note.tone]}`}>
      {note.tone === 'danger' && <Icon name="alert" size={18} />}
      <p>{note.text}</p>
      {(mayContinue || mayRetry) && (
        <div className={styles.actions}>
          {mayContinue && (
            <NoteButton
              icon="onward"
              label={turnFooter.continue}
              isPrimary
              onClick={() => void continueReply(turn.id)}
            />
          )}
          {mayRetry && (
            <NoteButton icon="retry" label={strings.turn.retry} onClick={() => void retryTurn(turn.id)} />
          )}
        </div>
      )}
    </div>
  );
}

interface NoteButtonProps {
  icon: IconName;
  label: string;
  isPrimary?: boolean;
  onClick: () => void;
}

function NoteButton({ icon, label, isPrimary, onClick }: NoteButtonProps) {
  return (
    <button type="button" className={styles.action} data-primary={isPrimary || undefined} onClick={onClick}>
      <Icon name={icon} size={15} />
      {label}
    </button>
  );
}

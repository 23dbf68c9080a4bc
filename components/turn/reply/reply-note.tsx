import { canContinue } from '@/lib/chat/can-continue';
import { otherModels } from '@/lib/chat/other-models';
import { turnNote } from '@/lib/chat/strings/turn-note';
import type { Turn } from '@/lib/chat/turn';
import { continueReply, retryTurn } from '@/lib/client/actions';
import { useChosenModel, useModels } from '@/lib/client/hooks';
import { Icon, type IconName } from '../../ui/icon';
import { MenuButton } from '../../ui/menu/menu-button';
import { useFailureStrings } from '../../use-failure-strings';
import { MODELS_MENU } from '../turn-parts';
import { useTurnFooterStrings } from '../use-turn-footer-strings';
import styles from './reply-note.module.css';
import { useCountdown } from './use-countdown';

/** Why a reply is incomplete, and what can be done about it. Nothing under a reply that ended normally. */
export function ReplyNote({ turn, isBusy }: { turn: Turn; isBusy: boolean }) {
  const error = useCountdown(turn);
  const strings = useFailureStrings(error);
  const turnFooter = useTurnFooterStrings();
  const [other, ...more] = otherModels(turn, useModels().models, useChosenModel(turn.assistantId));
  const note = turnNote({ ...turn, error }, strings, turnFooter);
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
            <NoteButton icon="retry" label={turnFooter.retry} onClick={() => void retryTurn(turn.id)} />
          )}
          {mayRetry && other && (
            <div className={styles.models}>
              <NoteButton
                icon="models"
                label={turnFooter.tryWith(other.name)}
                onClick={() => void retryTurn(turn.id, other.id)}
              />
              {more.length > 0 && (
                <MenuButton
                  icon="chevron-down"
                  label={turnFooter.otherModels}
                  menu={MODELS_MENU}
                  menuProps={{ turn }}
                />
              )}
            </div>
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

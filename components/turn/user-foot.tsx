import type { Turn } from '@/lib/chat/turn';
import { startEdit } from '@/lib/client/actions';
import { CopyButton } from '../ui/copy-button';
import { IconButton } from '../ui/icon-button';
import { useWords } from '../words';
import { MoreButton } from './more-button';
import styles from './reply-foot.module.css';

interface UserFootProps {
  turn: Turn;
  sessionId: string;
  busy: boolean;
}

/** Under what a person said: what can be done with it. */
export function UserFoot({ turn, sessionId, busy }: UserFootProps) {
  const { acting } = useWords();
  const { content } = turn.user;
  return (
    <div className={styles.foot} data-side="user">
      <div className={styles.actions}>
        <span className={styles.own}>
          <IconButton
            icon="rename"
            label={acting.edit}
            size="small"
            data-control="edit"
            onClick={() => startEdit(turn.id)}
          />
        </span>
        {content !== '' && (
          <span className={styles.own}>
            <CopyButton text={() => content} label={acting.copyWords} />
          </span>
        )}
        <MoreButton
          turn={turn}
          sessionId={sessionId}
          side="user"
          busy={busy}
          reading={false}
          hasModels={false}
        />
      </div>
    </div>
  );
}

import type { Turn } from '@/lib/chat/turn';
import { chooseHead, startEdit } from '@/lib/client/actions';
import { focusComposerAfter } from '../composer/composer-focus';
import { useNotices } from '../notices/notices';
import { CopyButton } from '../ui/copy-button';
import { IconButton } from '../ui/icon-button';
import { MoreButton } from './more-button';
import styles from './reply-foot.module.css';
import { useTurnFooterStrings } from './use-turn-footer-strings';
import { Versions } from './versions';

interface UserFootProps {
  turn: Turn;
  sessionId: string;
  /** A version for each way in which it was said, oldest first; this turn is its own. */
  wordings: readonly string[];
  busy: boolean;
}

/** Under what a person said: what can be done with it. */
export function UserFoot({ turn, sessionId, wordings, busy }: UserFootProps) {
  const turnFooter = useTurnFooterStrings();
  const { report } = useNotices();
  const { content } = turn.user;
  return (
    <div className={styles.foot} data-side="user">
      {wordings.length > 1 && (
        <Versions
          of="words"
          ids={wordings}
          shown={turn.id}
          disabled={busy}
          choose={(id) => report(chooseHead(sessionId, id))}
        />
      )}
      <div className={styles.actions}>
        <span className={styles.own}>
          <IconButton
            icon="rename"
            label={turnFooter.edit}
            size="small"
            data-control="edit"
            onClick={() => focusComposerAfter(() => startEdit(turn.id))}
          />
        </span>
        {content !== '' && (
          <span className={styles.own}>
            <CopyButton text={() => content} label={turnFooter.copyMessage} />
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

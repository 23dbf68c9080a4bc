import type { Turn } from '@/lib/chat/turn';
import { chooseHead, startEdit } from '@/lib/client/actions';
import { focusComposerAfter } from '../../composer/composer-focus';
import { useNotices } from '../../notices/notices';
import { CopyButton } from '../../ui/copy-button';
import { IconButton } from '../../ui/icon-button';
import { MoreButton } from '../actions/more-button';
import { Versions } from '../actions/versions';
import styles from '../footer.module.css';
import { useTurnFooterStrings } from '../use-turn-footer-strings';

interface UserFooterProps {
  turn: Turn;
  sessionId: string;
  /** One turn for each edit of the message, oldest first; for its own edit this turn. */
  edits: readonly string[];
  isBusy: boolean;
}

/** The row of buttons under a user message. */
export function UserFooter({ turn, sessionId, edits, isBusy }: UserFooterProps) {
  const turnFooter = useTurnFooterStrings();
  const { report } = useNotices();
  const { content } = turn.user;
  return (
    <div className={styles.footer} data-side="user">
      {edits.length > 1 && (
        <Versions
          of="user"
          ids={edits}
          shown={turn.id}
          disabled={isBusy}
          choose={(id) => report(chooseHead(sessionId, id))}
        />
      )}
      <div className={styles.actions}>
        <span className={styles.secondary}>
          <IconButton
            icon="rename"
            label={turnFooter.edit}
            size="small"
            data-control="edit"
            onClick={() => focusComposerAfter(() => startEdit(turn.id))}
          />
        </span>
        {content !== '' && (
          <span className={styles.secondary}>
            <CopyButton text={() => content} label={turnFooter.copyMessage} />
          </span>
        )}
        <MoreButton
          turn={turn}
          sessionId={sessionId}
          side="user"
          isBusy={isBusy}
          isReadingAloud={false}
          hasModels={false}
        />
      </div>
    </div>
  );
}

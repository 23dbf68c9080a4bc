import { isLive, type Turn } from '@/lib/chat/turn';
import { chooseHead, retryTurn } from '@/lib/client/actions';
import { useModels } from '@/lib/client/hooks';
import { useNotices } from '../../notices/notices';
import { CopyButton } from '../../ui/copy-button';
import { IconButton } from '../../ui/icon-button';
import { MenuButton } from '../../ui/menu/menu-button';
import { MoreButton } from '../actions/more-button';
import { stopReading, useReading } from '../actions/use-reading';
import { Versions } from '../actions/versions';
import styles from '../footer.module.css';
import { MODELS_MENU } from '../turn-parts';
import { useTurnFooterStrings } from '../use-turn-footer-strings';
import { UsageDetails } from './usage-details';

interface ReplyFooterProps {
  turn: Turn;
  sessionId: string;
  versions: readonly string[];
  isBusy: boolean;
  isLast: boolean;
}

/**
 * The row under a reply: its buttons and its usage details. All of it appears when the reply has ended, so that nothing
 * in it moves; until then it takes up its space.
 */
export function ReplyFooter({ turn, sessionId, versions, isBusy, isLast }: ReplyFooterProps) {
  const turnFooter = useTurnFooterStrings();
  const { report } = useNotices();
  const { models } = useModels();
  const isReadingAloud = useReading(turn.id);

  const { content } = turn.reply;
  if (isLive(turn)) return <div className={styles.footer} />;
  const isComplete = turn.status === 'done' || turn.status === 'stopped';
  const hasModels = isComplete && models.length > 1;
  return (
    <div className={styles.footer} data-last={isLast || undefined} data-reading={isReadingAloud || undefined}>
      {versions.length > 1 && (
        <Versions
          of="reply"
          ids={versions}
          shown={turn.id}
          disabled={isBusy}
          choose={(id) => report(chooseHead(sessionId, id))}
        />
      )}
      <div className={styles.actions}>
        {content !== '' && (
          <span className={styles.secondary}>
            <CopyButton text={() => content} label={turnFooter.copyReply} />
          </span>
        )}
        {isComplete && (
          <span className={styles.secondary}>
            <IconButton
              icon="retry"
              label={turnFooter.regenerate}
              size="small"
              disabled={isBusy}
              onClick={() => retryTurn(turn.id)}
            />
          </span>
        )}
        {hasModels && (
          <span className={styles.secondary}>
            <MenuButton
              icon="models"
              label={turnFooter.otherModels}
              disabled={isBusy}
              menu={MODELS_MENU}
              menuProps={{ turn }}
            />
          </span>
        )}
        {isReadingAloud && (
          <IconButton icon="stop" label={turnFooter.stopReading} size="small" onClick={stopReading} />
        )}
        <MoreButton
          turn={turn}
          sessionId={sessionId}
          side="reply"
          isBusy={isBusy}
          isReadingAloud={isReadingAloud}
          hasModels={hasModels}
        />
      </div>
      <UsageDetails turn={turn} />
    </div>
  );
}

import { memo } from 'react';
import { useEditing, useEdits, useTurn, useVersions } from '@/lib/client/hooks';
import type { IconName } from '../ui/icon';
import { Reply } from './reply/reply';
import styles from './turn-item.module.css';
import { useTurnFooterStrings } from './use-turn-footer-strings';
import { UserFooter } from './user/user-footer';
import { UserMessage } from './user/user-message';

interface TurnItemProps {
  sessionId: string;
  turnId: string;
  name: string;
  icon: IconName;
  /** A reply is streaming somewhere in this conversation. */
  isBusy: boolean;
  isLast: boolean;
}

/** One turn. It subscribes to its own part of the store, so that a token renders this turn and no other. */
export const TurnItem = memo(function TurnItem({
  sessionId,
  turnId,
  name,
  icon,
  isBusy,
  isLast,
}: TurnItemProps) {
  const turn = useTurn(sessionId, turnId);
  const versions = useVersions(sessionId, turnId);
  const edits = useEdits(sessionId, turnId);
  const turnFooter = useTurnFooterStrings();
  const editing = useEditing(sessionId) === turnId ? turnFooter.editing : undefined;
  if (!turn) return null;
  return (
    <article className={styles.turn} data-status={turn.status}>
      <div data-speech="user">
        <UserMessage text={turn.user.content} images={turn.user.images} editing={editing} />
        <UserFooter
          turn={turn}
          sessionId={sessionId}
          // Each other edit leads to its newest reply.
          edits={edits.map((ids) => (ids.includes(turnId) ? turnId : (ids.at(-1) ?? turnId)))}
          isBusy={isBusy}
        />
      </div>
      <Reply
        turn={turn}
        sessionId={sessionId}
        versions={edits.find((ids) => ids.includes(turnId)) ?? versions}
        name={name}
        icon={icon}
        isBusy={isBusy}
        isLast={isLast}
      />
    </article>
  );
});

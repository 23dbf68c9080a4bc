import { memo } from 'react';
import { useEditing, useTurn, useVersions, useWordings } from '@/lib/client/hooks';
import type { IconName } from '../ui/icon';
import { Reply } from './reply';
import styles from './turn-item.module.css';
import { useTurnFooterStrings } from './use-turn-footer-strings';
import { UserFoot } from './user-foot';
import { UserWords } from './user-words';

interface TurnItemProps {
  sessionId: string;
  turnId: string;
  name: string;
  icon: IconName;
  /** A reply is being written somewhere in this conversation. */
  busy: boolean;
  last: boolean;
}

/** One turn. Reads its own part of the store, so that a token renders this turn and no other. */
export const TurnItem = memo(function TurnItem({ sessionId, turnId, name, icon, busy, last }: TurnItemProps) {
  const turn = useTurn(sessionId, turnId);
  const versions = useVersions(sessionId, turnId);
  const wordings = useWordings(sessionId, turnId);
  const turnFooter = useTurnFooterStrings();
  const editing = useEditing(sessionId) === turnId ? turnFooter.editing : undefined;
  if (!turn) return null;
  return (
    <article className={styles.turn} data-status={turn.status}>
      <div data-speech="user">
        <UserWords text={turn.user.content} images={turn.user.images} editing={editing} />
        <UserFoot
          turn={turn}
          sessionId={sessionId}
          // Each way of saying it leads to its newest reply.
          wordings={wordings.map((ids) => (ids.includes(turnId) ? turnId : (ids.at(-1) ?? turnId)))}
          busy={busy}
        />
      </div>
      <Reply
        turn={turn}
        sessionId={sessionId}
        versions={wordings.find((ids) => ids.includes(turnId)) ?? versions}
        name={name}
        icon={icon}
        busy={busy}
        last={last}
      />
    </article>
  );
});

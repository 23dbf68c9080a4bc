import type { Turn } from '@/lib/chat/turn';
import { chooseHead, retryTurn } from '@/lib/client/actions';
import { useNotices } from '../notices/notices';
import { CopyButton } from '../ui/copy-button';
import { IconButton } from '../ui/icon-button';
import { useWords } from '../words';
import { Receipt } from './receipt';
import styles from './reply-foot.module.css';
import { Versions } from './versions';

interface ReplyFootProps {
  turn: Turn;
  sessionId: string;
  versions: readonly string[];
  busy: boolean;
  last: boolean;
}

/** Under a reply that has ended: what can be done with it, and what it took. */
export function ReplyFoot({ turn, sessionId, versions, busy, last }: ReplyFootProps) {
  const words = useWords();
  const { report } = useNotices();
  const { content } = turn.reply;
  const complete = turn.status === 'done' || turn.status === 'stopped';
  if (content === '' && !complete && versions.length < 2) return null;
  return (
    <div className={styles.foot} data-last={last || undefined}>
      {content !== '' && <CopyButton text={() => content} label={words.turn.copyReply} />}
      {complete && (
        <IconButton
          icon="retry"
          label={words.turn.again}
          size="small"
          disabled={busy}
          onClick={() => retryTurn(turn.id)}
        />
      )}
      {versions.length > 1 && (
        <Versions
          ids={versions}
          shown={turn.id}
          disabled={busy}
          choose={(id) => report(chooseHead(sessionId, id))}
        />
      )}
      <Receipt turn={turn} />
    </div>
  );
}

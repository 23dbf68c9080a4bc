import type { Turn } from '@/lib/chat/turn';
import { Markdown } from '../markdown/markdown';
import { Face } from '../ui/face';
import type { IconName } from '../ui/icon';
import { useStrings } from '../use-strings';
import { Reasoning } from './reasoning';
import styles from './reply.module.css';
import { ReplyEnd } from './reply-end';
import { ReplyFoot } from './reply-foot';
import { useThoughtTime } from './use-thought-time';

interface ReplyProps {
  turn: Turn;
  sessionId: string;
  versions: readonly string[];
  name: string;
  icon: IconName;
  busy: boolean;
  last: boolean;
}

/** What the assistant answered: who, its thoughts, its words, how it ended. */
export function Reply({ turn, sessionId, versions, name, icon, busy, last }: ReplyProps) {
  const strings = useStrings();
  const { content, reasoning, model } = turn.reply;
  const streaming = turn.status === 'streaming';
  const thinking = streaming && content === '';
  const thoughtMs = useThoughtTime(turn);

  return (
    <div data-speech="reply">
      <div className={styles.who}>
        <Face icon={icon} size="small" />
        <h2>{name}</h2>
        <span className={styles.model}>{model.slice(model.indexOf(':') + 1)}</span>
      </div>
      <div className={styles.body}>
        {reasoning !== '' && <Reasoning text={reasoning} thinking={thinking} thoughtMs={thoughtMs} />}
        {content !== '' && <Markdown text={content} turnId={turn.id} streaming={streaming} />}
        {thinking && reasoning === '' && (
          <p className={styles.waiting}>
            <span role="img" aria-label={strings.turn.waiting} />
          </p>
        )}
        {!streaming && <ReplyEnd turn={turn} busy={busy} />}
        <ReplyFoot turn={turn} sessionId={sessionId} versions={versions} busy={busy} last={last} />
      </div>
    </div>
  );
}

import { useRef } from 'react';
import type { Turn } from '@/lib/chat/turn';
import { useChosenModel } from '@/lib/client/hooks';
import { Markdown } from '../../markdown/markdown';
import { Avatar } from '../../ui/avatar';
import type { IconName } from '../../ui/icon';
import { useTurnFooterStrings } from '../use-turn-footer-strings';
import { Reasoning } from './reasoning';
import styles from './reply.module.css';
import { ReplyFooter } from './reply-footer';
import { ReplyNote } from './reply-note';
import { useMountKey } from './use-mount-key';
import { useReasoningTime } from './use-reasoning-time';

interface ReplyProps {
  turn: Turn;
  sessionId: string;
  versions: readonly string[];
  name: string;
  icon: IconName;
  isBusy: boolean;
  isLast: boolean;
}

/** The assistant's side of a turn: its name, reasoning, text, and how it ended. */
export function Reply({ turn, sessionId, versions, name, icon, isBusy, isLast }: ReplyProps) {
  const turnFooter = useTurnFooterStrings();
  const { content, reasoning, model } = turn.reply;
  // The composer names the model that is chosen: here it would stand on the screen once for each reply.
  const isOtherModel = model !== useChosenModel(turn.assistantId);
  const isStreaming = turn.status === 'streaming';
  const isWaiting = isStreaming && content === '';
  const reasoningMs = useReasoningTime(turn);

  const element = useRef<HTMLDivElement>(null);
  const mountKey = useMountKey(element, { text: content + reasoning, isStreaming });

  return (
    <div ref={element} data-speech="reply" translate={isStreaming ? 'no' : undefined}>
      <div className={styles.header}>
        <Avatar icon={icon} size="small" />
        <h2>{name}</h2>
        {isOtherModel && <span className={styles.model}>{model.slice(model.indexOf(':') + 1)}</span>}
      </div>
      <div className={styles.body}>
        {reasoning !== '' && (
          <Reasoning
            key={`reasoning ${mountKey}`}
            text={reasoning}
            isActive={isWaiting}
            durationMs={reasoningMs}
          />
        )}
        {content !== '' && (
          <Markdown key={mountKey} text={content} turnId={turn.id} isStreaming={isStreaming} />
        )}
        {isWaiting && reasoning === '' && (
          <p className={styles.waiting}>
            <span role="img" aria-label={turnFooter.waiting} />
          </p>
        )}
        {!isStreaming && <ReplyNote turn={turn} isBusy={isBusy} />}
        <ReplyFooter turn={turn} sessionId={sessionId} versions={versions} isBusy={isBusy} isLast={isLast} />
      </div>
    </div>
  );
}

import { useTurn } from '@/lib/client/hooks';
import { VisuallyHidden } from '../../ui/visually-hidden';
import { useStrings } from '../../use-strings';
import styles from './plain-turn.module.css';

interface FarTurnProps {
  sessionId: string;
  turnId: string;
  name: string;
}

/** A turn that nobody looked at yet: its words as they are, for the browser's search and for screen readers. */
export function FarTurn({ sessionId, turnId, name }: FarTurnProps) {
  const strings = useStrings();
  const turn = useTurn(sessionId, turnId);
  if (!turn) return null;
  return (
    <article className={styles.far} data-bare>
      <VisuallyHidden as="h2">{strings.turn.you}</VisuallyHidden>
      <p dir="auto">{turn.user.content}</p>
      <VisuallyHidden as="h2">{name}</VisuallyHidden>
      <p dir="auto">{turn.reply.content}</p>
    </article>
  );
}

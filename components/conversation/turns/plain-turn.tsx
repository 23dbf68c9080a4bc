import { useTurn } from '@/lib/client/hooks';
import { VisuallyHidden } from '../../ui/visually-hidden';
import { useStrings } from '../../use-strings';
import styles from './plain-turn.module.css';

interface PlainTurnProps {
  sessionId: string;
  turnId: string;
  name: string;
}

/** A turn as plain text, for the browser's search and for screen readers, until it is drawn in full. */
export function PlainTurn({ sessionId, turnId, name }: PlainTurnProps) {
  const strings = useStrings();
  const turn = useTurn(sessionId, turnId);
  if (!turn) return null;
  return (
    <article className={styles.plain} data-plain>
      <VisuallyHidden as="h2">{strings.turn.you}</VisuallyHidden>
      <p dir="auto">{turn.user.content}</p>
      <VisuallyHidden as="h2">{name}</VisuallyHidden>
      <p dir="auto">{turn.reply.content}</p>
    </article>
  );
}

import { useTurn } from '@/lib/client/hooks';
import { useTurnFooterStrings } from '../../turn/use-turn-footer-strings';
import { VisuallyHidden } from '../../ui/visually-hidden';
import styles from './plain-turn.module.css';

interface PlainTurnProps {
  sessionId: string;
  turnId: string;
  name: string;
}

/** A turn as plain text, for the browser's search and for screen readers, until it is drawn in full. */
export function PlainTurn({ sessionId, turnId, name }: PlainTurnProps) {
  const { you } = useTurnFooterStrings();
  const turn = useTurn(sessionId, turnId);
  if (!turn) return null;
  return (
    <article className={styles.plain} data-plain>
      <VisuallyHidden as="h2">{you}</VisuallyHidden>
      <p dir="auto">{turn.user.content}</p>
      <VisuallyHidden as="h2">{name}</VisuallyHidden>
      <p dir="auto">{turn.reply.content}</p>
    </article>
  );
}

import { useEffect, useRef, useState } from 'react';
import type { Turn } from '@/lib/chat/turn';

/**
 * Milliseconds from the start of the reasoning to the start of the text: measured by the server, or by this page until
 * the turn ends; undefined if neither saw it.
 */
export function useReasoningTime({ reply, status, timing }: Turn): number | undefined {
  const startedAt = useRef<number | null>(null);
  const [measuredMs, setMeasuredMs] = useState<number>();
  const isReasoning = status === 'streaming' && reply.reasoning !== '' && reply.content === '';
  const hasText = reply.content !== '';

  useEffect(() => {
    if (isReasoning) startedAt.current ??= performance.now();
    else if (startedAt.current !== null && hasText) {
      setMeasuredMs(performance.now() - startedAt.current);
      startedAt.current = null;
    }
  }, [isReasoning, hasText]);

  return timing?.thoughtMs ?? measuredMs;
}

import { useEffect, useRef, useState } from 'react';
import type { Turn } from '@/lib/chat/turn';

/**
 * Milliseconds from the first thought to the first word: as the server measured them, or, until it tells, as this
 * page saw them; undefined if neither.
 */
export function useThoughtTime({ reply, status, timing }: Turn): number | undefined {
  const began = useRef<number | null>(null);
  const [thoughtMs, setThoughtMs] = useState<number>();
  const thinking = status === 'streaming' && reply.reasoning !== '' && reply.content === '';
  const answering = reply.content !== '';

  useEffect(() => {
    if (thinking) began.current ??= performance.now();
    else if (began.current !== null && answering) {
      setThoughtMs(performance.now() - began.current);
      began.current = null;
    }
  }, [thinking, answering]);

  return timing?.thoughtMs ?? thoughtMs;
}

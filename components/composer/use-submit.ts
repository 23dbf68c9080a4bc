import { useEffect, useState } from 'react';
import { send } from '@/lib/client/actions';
import type { Message } from './use-message';

export interface Submit {
  /** Sends the message, now or when its images have arrived. */
  submit: () => void;
  /** It has been sent off, and waits for its images. */
  isDue: boolean;
  /** What was written has changed: nothing goes out by itself. */
  hold: () => void;
}

/** Who sends while an image is on its way has not to come back: the message goes out once all is there. */
export function useSubmit(assistantId: string, { content, images, mayGo, mayWait }: Message): Submit {
  const [dueOf, setDueOf] = useState<string | null>(null);
  const isDue = dueOf === assistantId;

  useEffect(() => {
    if (!isDue || mayWait) return;
    setDueOf(null);
    if (mayGo) void send({ assistantId, content, images });
  }, [isDue, mayWait, mayGo, assistantId, content, images]);

  return {
    submit() {
      if (mayGo) void send({ assistantId, content, images });
      else if (mayWait) setDueOf(assistantId);
    },
    isDue: isDue && mayWait,
    hold: () => setDueOf(null),
  };
}

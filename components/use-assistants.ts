'use client';

import { useMemo } from 'react';
import { ASSISTANTS } from '@/lib/chat/assistants';
import type { IconName } from './ui/icon';
import { useStrings } from './use-strings';

/** An assistant as the page shows it, in the language of the page. */
export interface AssistantView {
  id: string;
  icon: IconName;
  /** Degrees. */
  hue: number;
  name: string;
  description: string;
  greeting: { title: string; text: string };
  suggestions: string[];
}

/** The assistants in the order of the rail. */
export function useAssistants(): AssistantView[] {
  const strings = useStrings();
  return useMemo(
    () => ASSISTANTS.map(({ id, icon, hue }) => ({ id, icon, hue, ...strings.assistants[id] })),
    [strings],
  );
}

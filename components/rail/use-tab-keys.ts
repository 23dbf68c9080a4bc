import { type KeyboardEvent, useEffect, useRef } from 'react';
import { openAssistant } from '@/lib/client/actions';
import { useMediaQuery } from '../ui/use-media-query';
import { tabAfter } from './tab-for-key';

/** Moving the focus chooses: switching costs nothing and stops nothing. The chosen tab is kept in view on a phone. */
export function useTabKeys(assistants: readonly { id: string }[], active: string | null) {
  const list = useRef<HTMLDivElement>(null);
  const isStrip = useMediaQuery('(max-width: 720px)');

  useEffect(() => {
    const chosen = tabsOf(list.current)[assistants.findIndex(({ id }) => id === active)];
    chosen?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [assistants, active]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const tabs = tabsOf(list.current);
    const from = tabs.findIndex((tab) => tab.contains(document.activeElement));
    const to = tabAfter(event.key, from, assistants.length);
    const assistant = to === null ? undefined : assistants[to];
    if (to === null || !assistant) return;
    event.preventDefault();
    tabs[to]?.focus();
    void openAssistant(assistant.id);
  };

  return { list, onKeyDown, orientation: isStrip ? ('horizontal' as const) : ('vertical' as const) };
}

const tabsOf = (list: HTMLElement | null): HTMLElement[] => [
  ...(list?.querySelectorAll<HTMLElement>('[role=tab]') ?? []),
];

import { type KeyboardEvent, useEffect, useRef } from 'react';
import { openAssistant } from '@/lib/client/actions';
import { useMediaQuery } from '../ui/use-media-query';
import { tabForKey } from './tab-for-key';

/** Keyboard handling of the tab list: moving the focus also selects. On a phone the selected tab is scrolled into view. */
export function useTabKeys(assistants: readonly { id: string }[], active: string | null) {
  const list = useRef<HTMLDivElement>(null);
  const isStrip = useMediaQuery('(max-width: 720px)');

  useEffect(() => {
    const selected = tabsOf(list.current)[assistants.findIndex(({ id }) => id === active)];
    selected?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [assistants, active]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const tabs = tabsOf(list.current);
    const from = tabs.findIndex((tab) => tab.contains(document.activeElement));
    const to = tabForKey(event.key, from, assistants.length);
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

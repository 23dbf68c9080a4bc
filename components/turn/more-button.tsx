import { useEffect, useRef } from 'react';
import type { Turn } from '@/lib/chat/turn';
import { MenuButton } from '../ui/menu-button';
import { selectedText } from './selected-text';
import type { TurnMenuGiven } from './turn-menu';
import { TURN_MENU } from './turn-menus';
import { useTurnWords } from './use-turn-words';

interface MoreButtonProps extends Omit<TurnMenuGiven, 'turn' | 'selected'> {
  turn: Turn;
}

/** Opens all that can be done with a message, or with its reply. */
export function MoreButton({ turn, ...given }: MoreButtonProps) {
  const acting = useTurnWords();
  const selected = useRef<string | null>(null);
  const latest = useRef(turn);
  useEffect(() => {
    latest.current = turn;
  });
  return (
    <MenuButton
      icon="more"
      label={acting.more}
      data-control={given.side === 'reply' ? 'more' : 'more-words'}
      menu={TURN_MENU}
      given={{ ...given, turn: () => latest.current, selected: () => selected.current }}
      before={(button) => {
        selected.current = selectedText(button.closest('[data-speech]'));
      }}
    />
  );
}

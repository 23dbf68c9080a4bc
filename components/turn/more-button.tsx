import { useRef } from 'react';
import { MenuButton } from '../ui/menu-button';
import { selectedText } from './selected-text';
import type { TurnMenuGiven } from './turn-menu';
import { TURN_MENU } from './turn-parts';
import { useTurnFooterStrings } from './use-turn-footer-strings';

/** Opens all that can be done with a message, or with its reply. */
export function MoreButton(given: Omit<TurnMenuGiven, 'selected'>) {
  const turnFooter = useTurnFooterStrings();
  const selected = useRef<string | null>(null);
  return (
    <MenuButton
      icon="more"
      label={turnFooter.more}
      data-control={given.side === 'reply' ? 'more' : 'more-words'}
      menu={TURN_MENU}
      given={{ ...given, selected: () => selected.current }}
      before={(button) => {
        selected.current = selectedText(button.closest('[data-speech]'));
      }}
    />
  );
}

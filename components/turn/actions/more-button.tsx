import { useState } from 'react';
import { MenuButton } from '../../ui/menu/menu-button';
import { TURN_MENU } from '../turn-parts';
import { useTurnFooterStrings } from '../use-turn-footer-strings';
import type { TurnMenuProps } from './turn-menu';

/** Opens the menu of a message or of a reply. */
export function MoreButton(props: Omit<TurnMenuProps, 'selected'>) {
  const turnFooter = useTurnFooterStrings();
  const [selected, setSelected] = useState<string | null>(null);
  return (
    <MenuButton
      icon="more"
      label={turnFooter.more}
      data-control={props.side === 'reply' ? 'more' : 'more-user'}
      menu={TURN_MENU}
      menuProps={{ ...props, selected }}
      beforeOpen={(button) => setSelected(selectedText(button.closest('[data-speech]')))}
    />
  );
}

/** The text selected within this element; null if there is none, or if the selection reaches beyond it. */
function selectedText(within: Element | null | undefined): string | null {
  const selection = getSelection();
  if (!within || !selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const { commonAncestorContainer } = selection.getRangeAt(0);
  const text = selection.toString().trim();
  return within.contains(commonAncestorContainer) && text !== '' ? text : null;
}

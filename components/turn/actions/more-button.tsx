import { useState } from 'react';
import { MenuButton } from '../../ui/menu/menu-button';
import { TURN_MENU } from '../turn-parts';
import { useTurnFooterStrings } from '../use-turn-footer-strings';
import type { TurnMenuProps } from './turn-menu';

/** Opens the menu of a message or of a reply. */
export function MoreButton(props: Omit<TurnMenuProps, 'selected'>) {
  const turnFooter = useTurnFooterStrings();
  const [selected, setSelected] = useState<Range | null>(null);
  return (
    <MenuButton
      icon="more"
      label={turnFooter.more}
      data-control={props.side === 'reply' ? 'more' : 'more-user'}
      menu={TURN_MENU}
      menuProps={{ ...props, selected }}
      beforeOpen={(button) => setSelected(selectionIn(button.closest('[data-speech]')))}
    />
  );
}

/** What is selected within this element; null if nothing is, or if the selection reaches beyond it. */
function selectionIn(within: Element | null | undefined): Range | null {
  const selection = getSelection();
  if (!within || !selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  return within.contains(range.commonAncestorContainer) ? range.cloneRange() : null;
}

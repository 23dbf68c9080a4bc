import { type ComponentType, useCallback } from 'react';
import { Later } from '../ui/later';
import { useOnDemand } from '../ui/on-demand';
import { OVERLAYS, type OverlayName, type OverlayProps, useOverlay } from './overlay';
import type { Commands } from './use-shortcuts';
import { useTypedAhead } from './use-typed-ahead';

const PARTS: Record<OverlayName, Later<ComponentType<OverlayProps>>> = {
  palette: new Later(() => import('../palette/palette').then(({ Palette }) => Palette)),
  sheet: new Later(() => import('./shortcut-sheet').then(({ ShortcutSheet }) => ShortcutSheet)),
};

/** What opens over the page, each loaded when it is first asked for. */
export function Overlays({ commands }: { commands: Commands }) {
  return OVERLAYS.map((name) => <Overlay key={name} name={name} commands={commands} />);
}

function Overlay({ name, commands }: { name: OverlayName; commands: Commands }) {
  const { shown, hide } = useOverlay();
  const open = shown === name;
  const close = useCallback(() => hide(name), [hide, name]);
  // Once it is here it stays: it gives the focus back when it closes.
  const Part = useOnDemand(PARTS[name], open || PARTS[name].part !== null, close);
  const typed = useTypedAhead(open, Part !== null, close);
  return Part && <Part open={open} close={close} commands={commands} typed={typed} />;
}

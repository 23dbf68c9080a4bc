import { type ComponentType, useCallback, useState } from 'react';
import { LazyPart, useRequestedPart } from '../ui/lazy/lazy-part';
import { LoadingField, NO_INPUT } from '../ui/lazy/loading-field';
import { useStrings } from '../use-strings';
import { OVERLAYS, type OverlayName, type OverlayProps, useOverlay } from './overlay';
import type { Commands } from './use-shortcuts';

export const OVERLAY_PARTS: Record<OverlayName, LazyPart<ComponentType<OverlayProps>>> = {
  palette: new LazyPart(() => import('../palette/palette').then(({ Palette }) => Palette)),
  sheet: new LazyPart(() => import('./shortcut-sheet').then(({ ShortcutSheet }) => ShortcutSheet)),
  guest: new LazyPart(() => import('../guest/guest-dialog').then(({ GuestDialog }) => GuestDialog)),
};

/** The dialogs of the whole page: the palette, the list of shortcuts, and the one about devices and data. */
export function Overlays({ commands }: { commands: Commands }) {
  return OVERLAYS.map((name) => <Overlay key={name} name={name} commands={commands} />);
}

/** Stays on the page once it has loaded: the dialog gives the focus back when it closes. */
function Overlay({ name, commands }: { name: OverlayName; commands: Commands }) {
  const { palette } = useStrings();
  const { shown, hide } = useOverlay();
  const [early, setEarly] = useState(NO_INPUT);
  const open = shown === name;
  const close = useCallback(() => {
    setEarly(NO_INPUT);
    hide(name);
  }, [hide, name]);
  const Part = useRequestedPart(OVERLAY_PARTS[name], open, close);
  if (Part) return <Part open={open} close={close} commands={commands} early={early} />;
  if (!open || name !== 'palette') return null;
  return <LoadingField label={palette.title} input={early} setInput={setEarly} cancel={close} />;
}

import { type ComponentType, useEffect, useState } from 'react';
import { useNotices } from '../notices/notices';
import { OVERLAYS, type OverlayName, useOverlay } from './overlay';
import type { Commands } from './use-shortcuts';
import { useTypedAhead } from './use-typed-ahead';

export interface OverlayProps {
  open: boolean;
  close: () => void;
  commands: Commands;
  /** What was typed while it was being loaded. */
  typed: string;
}

const LOADERS: Record<OverlayName, () => Promise<ComponentType<OverlayProps>>> = {
  palette: () => import('../palette/palette').then(({ Palette }) => Palette),
  sheet: () => import('./shortcut-sheet').then(({ ShortcutSheet }) => ShortcutSheet),
};

/** What opens over the page, each loaded when it is first asked for. */
export function Overlays({ commands }: { commands: Commands }) {
  const { shown, hide } = useOverlay();
  const { report } = useNotices();
  const [loaded, setLoaded] = useState<Partial<Record<OverlayName, ComponentType<OverlayProps>>>>({});
  const typed = useTypedAhead(shown === null ? 'gone' : loaded[shown] ? 'there' : 'coming', () => {
    if (shown) hide(shown);
  });

  useEffect(() => {
    if (shown === null || loaded[shown]) return;
    LOADERS[shown]().then(
      (Component) => setLoaded((known) => ({ ...known, [shown]: Component })),
      () => {
        // Its script did not arrive: said like a call that failed, and asked for again by the next press.
        hide(shown);
        report(Promise.resolve({ ok: false, error: { code: navigator.onLine ? 'network' : 'offline' } }));
      },
    );
  }, [shown, loaded, hide, report]);

  return OVERLAYS.map((name) => {
    const Component = loaded[name];
    return (
      Component && (
        <Component
          key={name}
          open={shown === name}
          close={() => hide(name)}
          commands={commands}
          typed={typed}
        />
      )
    );
  });
}

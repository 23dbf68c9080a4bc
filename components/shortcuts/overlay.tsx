'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { EarlyInput } from '../ui/lazy/loading-field';
import type { Commands } from './use-shortcuts';

export const OVERLAYS = ['palette', 'sheet', 'guest'] as const;

export type OverlayName = (typeof OVERLAYS)[number];

/** What every overlay is given. */
export interface OverlayProps {
  open: boolean;
  close: () => void;
  commands: Commands;
  /** What was typed while it loaded. */
  early: EarlyInput;
}

interface Overlay {
  shown: OverlayName | null;
  show: (name: OverlayName) => void;
  /** Only if this one is still shown: the close event of a dialog comes late, when another may be open. */
  hide: (name: OverlayName) => void;
}

const OverlayContext = createContext<Overlay>({ shown: null, show: () => {}, hide: () => {} });

export const useOverlay = (): Overlay => useContext(OverlayContext);

/** Knows which overlay is open: at most one. */
export function OverlayProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<OverlayName | null>(null);
  const [hide] = useState(
    () => (name: OverlayName) => setShown((current) => (current === name ? null : current)),
  );
  const overlay = useMemo(() => ({ shown, show: setShown, hide }), [shown, hide]);
  return <OverlayContext value={overlay}>{children}</OverlayContext>;
}

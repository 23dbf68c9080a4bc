import { useEffect, useSyncExternalStore } from 'react';
import type MarkdownView from './markdown-view';

type Renderer = typeof MarkdownView;

let renderer: Renderer | null = null;
let settled = false;
let loading: Promise<void> | null = null;
const listeners = new Set<() => void>();

/** Fetches the renderer, once. If that fails, texts stand as they are, and the next that is shown tries again. */
export function loadRenderer(): Promise<void> {
  const end = () => {
    settled = true;
    for (const listener of [...listeners]) listener();
  };
  loading ??= import('./markdown-view').then(
    (loaded) => {
      renderer = loaded.default;
      end();
    },
    // A connection that broke, or a page older than the server: the words can be read without it.
    () => {
      loading = null;
      end();
    },
  );
  return loading;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The renderer, fetched if it is not here; null until it is. */
export function useRenderer(): Renderer | null {
  const known = useSyncExternalStore(subscribe, () => renderer, none);
  useEffect(() => {
    if (!known) void loadRenderer();
  }, [known]);
  return known;
}

/** Whether it is known by now how texts are shown: drawn, or, as the renderer cannot be had, as they are. */
export const useRendererSettled = (): boolean => useSyncExternalStore(subscribe, () => settled, no);

const none = () => null;
const no = () => false;

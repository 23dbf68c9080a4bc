import { useEffect } from 'react';
import { LazyPart } from '../../ui/lazy/lazy-part';

const COPY = new LazyPart(() =>
  import('../../markdown/copy/copy-selection').then(({ copySelection }) => copySelection),
);

/** What is selected of the conversation is copied and dragged as it is read. The code for it loads with the first selection. */
export function useCopySelection(): void {
  useEffect(() => {
    const leaving = new AbortController();
    const load = () => {
      if (getSelection()?.type === 'Range') void COPY.load();
    };
    const copy = (event: ClipboardEvent | DragEvent) => COPY.value?.(event);
    document.addEventListener('selectionchange', load, { signal: leaving.signal });
    document.addEventListener('copy', copy, { signal: leaving.signal });
    document.addEventListener('dragstart', copy, { signal: leaving.signal });
    return () => leaving.abort();
  }, []);
}

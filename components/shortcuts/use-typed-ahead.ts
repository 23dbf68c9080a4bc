import { useEffect, useLayoutEffect, useRef, useState } from 'react';

/**
 * What is typed while something that was `asked` for is not `here` yet: for its field, and not for whatever the focus is
 * still on. Ends with a line break if Enter was pressed; nothing goes after that. Escape gives up. Forgotten once it is
 * no longer asked for.
 */
export function useTypedAhead(asked: boolean, here: boolean, giveUp: () => void): string {
  const [typed, setTyped] = useState('');
  const latest = useRef(giveUp);
  useEffect(() => {
    latest.current = giveUp;
  });

  // In the same commit as the field appears: between the two a letter would be lost.
  useLayoutEffect(() => {
    if (!asked) setTyped('');
    if (!asked || here) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey } = event;
      if (ctrlKey || metaKey || altKey) return;
      event.preventDefault();
      event.stopPropagation();
      if (key === 'Escape') latest.current();
      else if (key === 'Backspace') setTyped((known) => known.slice(0, -1));
      else if (key === 'Enter' || key.length === 1)
        setTyped((known) => (known.endsWith('\n') ? known : known + (key === 'Enter' ? '\n' : key)));
    };
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [asked, here]);

  return typed;
}

import { type RefObject, useLayoutEffect } from 'react';

/** Grows a field with its text where the browser cannot do it by `field-sizing`; CSS holds the limit. */
export function useAutoGrow(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = field.current;
    if (!element || CSS.supports('field-sizing', 'content')) return;
    element.style.height = 'auto';
    // An empty field is as high as its row, whatever its text was a moment ago.
    if (text !== '') element.style.height = `${element.scrollHeight}px`;
  }, [field, text]);
}

import { type RefObject, useEffect, useEffectEvent, useState } from 'react';

/**
 * Translators put each text node of the page into an element of their own. React goes on writing to the text node that it
 * made, which is then on no page. A streaming reply is therefore marked `translate="no"`. Returns a key for what shows
 * the reply's text: it changes with the next text if a translator has changed it anyway, and at the end of a reply
 * on a translated page, so that the translator finds the whole text as new.
 */
export function useMountKey(
  element: RefObject<Element | null>,
  { text, isStreaming }: { text: string; isStreaming: boolean },
): number {
  const [key, setKey] = useState(0);
  const [wasStreaming, setWasStreaming] = useState(isStreaming);
  /** The text when a translator took hold of it. */
  const [foreignText, setForeignText] = useState<string | null>(null);
  const onForeign = useEffectEvent(() => setForeignText(text));

  useEffect(() => {
    const root = element.current;
    if (!isStreaming || !root) return;
    const observer = new MutationObserver((records) => {
      if (records.some(({ addedNodes }) => Array.from(addedNodes).some(isFromTranslator))) onForeign();
    });
    observer.observe(root, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [element, isStreaming]);

  if (foreignText !== null && foreignText !== text) {
    setForeignText(null);
    setKey(key + 1);
  }
  if (wasStreaming !== isStreaming) {
    setWasStreaming(isStreaming);
    if (wasStreaming && isTranslated()) setKey(key + 1);
  }
  return key;
}

/** The element that the translators of Chrome and Edge put around text. No reply can hold one of its own. */
const isFromTranslator = (node: Node): boolean => node.nodeName === 'FONT';

const isTranslated = (): boolean =>
  document.querySelector('html:is(.translated-ltr, .translated-rtl), body font, [_msttexthash]') !== null;

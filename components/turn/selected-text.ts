/** What is selected within this element; null: nothing, or what is selected reaches beyond it. */
export function selectedText(within: Element | null | undefined): string | null {
  const selection = getSelection();
  if (!within || !selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const { commonAncestorContainer } = selection.getRangeAt(0);
  const text = selection.toString().trim();
  return within.contains(commonAncestorContainer) && text !== '' ? text : null;
}

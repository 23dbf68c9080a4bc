import { flushSync } from 'react-dom';

/** The id of the composer's text field, for links to it. To focus the field, call `focusComposer`. */
export const COMPOSER_ID = 'composer';

/** Focuses the composer's text field, if it is on the page. */
export function focusComposer(options?: FocusOptions): void {
  composerField()?.focus(options);
}

/**
 * Applies a change to the draft, then focuses the text field with the caret after its last character. The change is
 * rendered at once, so that the caret lands after the new text.
 */
export function focusComposerAfter(changeDraft: () => void): void {
  flushSync(changeDraft);
  const field = composerField();
  if (!field) return;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  field.scrollTop = field.scrollHeight;
}

function composerField(): HTMLTextAreaElement | null {
  const field = document.getElementById(COMPOSER_ID);
  return field instanceof HTMLTextAreaElement ? field : null;
}

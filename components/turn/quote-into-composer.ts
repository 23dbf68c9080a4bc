import { flushSync } from 'react-dom';
import { quote } from '@/lib/client/actions';
import { COMPOSER_ID } from '../composer/composer';

/** Quotes these words in the composer, where the person goes on below them. */
export function quoteIntoComposer(words: string): void {
  flushSync(() => quote(words));
  const field = document.getElementById(COMPOSER_ID);
  if (!(field instanceof HTMLTextAreaElement)) return;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  field.scrollTop = field.scrollHeight;
}

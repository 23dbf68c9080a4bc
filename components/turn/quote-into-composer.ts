import { flushSync } from 'react-dom';
import { quote } from '@/lib/client/actions';
import { focusComposerEnd } from '../composer/composer-focus';

/** Quotes these words in the composer, where the person goes on below them. */
export function quoteIntoComposer(words: string): void {
  flushSync(() => quote(words));
  focusComposerEnd();
}

import { count } from '../format';

const of = (done: number, total: number): string => `${count('en', done)} of ${count('en', total)}`;

/** The search within a conversation. */
export const find = {
  earlier: 'Earlier match (Shift+Enter)',
  later: 'Later match (Enter)',
  close: 'Close search',
  position: of,
  none: 'No matches',
  noneYet: 'No matches yet',
  searching: (done: number, total: number) => `Searching… ${of(done, total)} messages`,
  failed: (done: number, total: number) => `Search stopped at ${of(done, total)} messages.`,
  continue: 'Continue',
};

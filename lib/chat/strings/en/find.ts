import { count } from '../format';

const of = (done: number, total: number): string => `${count('en', done)} of ${count('en', total)}`;

/** The search within a conversation. */
export const find = {
  open: 'Find in conversation',
  label: 'Find in conversation',
  earlier: 'Earlier match (Enter)',
  later: 'Later match (Shift+Enter)',
  close: 'Close search',
  position: of,
  none: 'No matches',
  noneYet: 'No matches yet',
  searching: (done: number, total: number) => `Searching… ${of(done, total)} messages`,
  failed: (done: number, total: number) => `Search stopped at ${of(done, total)} messages.`,
  continue: 'Continue',
};

/** Where a link to a message leads. */
export const turnLink = {
  looking: 'Looking for the message…',
  unknown: 'This message isn’t available. It was deleted or belongs to someone else.',
  other_version: 'This message is in another version of the conversation.',
  showVersion: 'Show that version',
};

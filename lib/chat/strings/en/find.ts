import { count } from '../format';

const of = (done: number, total: number): string => `${count('en', done)} of ${count('en', total)}`;

/** Finding words in a conversation. */
export const find = {
  open: 'Find in this conversation',
  label: 'Find in this conversation',
  earlier: 'Earlier match (Enter)',
  later: 'Later match (Shift+Enter)',
  close: 'Close the search',
  position: of,
  none: 'No match',
  noneYet: 'No match yet',
  searching: (done: number, total: number) => `searching, ${of(done, total)} turns`,
  failed: (done: number, total: number) => `The search stopped at ${of(done, total)} turns.`,
  continue: 'Go on',
};

/** Links to one turn. By the kind of `TurnPlace`. */
export const turnLink = {
  looking: 'Looking for the message…',
  unknown: 'The message that this link leads to is not here. It was deleted, or belongs to somebody else.',
  other_version: 'This message is on another version of the conversation.',
  showVersion: 'Show that version',
};

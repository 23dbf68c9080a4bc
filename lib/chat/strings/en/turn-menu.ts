import { count, dayAndTime, tenths } from '../format';

/** What opens under a message: its menus and the whole receipt. Fetched when the first is opened. */
export const turnMenu = {
  of: 'Actions for this message',
  copy: 'Copy as Markdown',
  copyWords: 'Copy',
  copyPlain: 'Copy as plain text',
  again: 'Ask again',
  models: 'Ask another model',
  noModels: 'No other model here',
  blindModels: 'No other model here sees images',
  thisModel: 'wrote this reply',
  goOn: 'Continue',
  edit: 'Change and send again',
  quote: 'Quote',
  quoteSelection: 'Quote the selection',
  read: 'Read aloud',
  stopReading: 'Stop reading aloud',
  link: 'Copy link',
  remove: 'Delete',
  linkCopied: 'The link is copied. It opens for you only, in this browser.',
  receipt: {
    model: 'Model',
    provider: 'Provider',
    tokensIn: 'Tokens in',
    tokensOut: 'Tokens out',
    reasoning: (tokens: number) => `${count('en', tokens)} of them thoughts`,
    tokens: (tokens: number) => count('en', tokens),
    firstWord: 'First word after',
    thought: 'Thought for',
    total: 'In all',
    seconds: (ms: number) => `${tenths('en', ms)} s`,
    sent: 'Sent along',
    turns: (turns: number) => {
      if (turns === 0) return 'nothing of what was said before';
      return turns === 1
        ? '1 earlier message with its reply'
        : `${count('en', turns)} earlier messages with their replies`;
    },
    images: (images: number) => (images === 1 ? '1 image' : `${count('en', images)} images`),
    dropped: 'Left out',
    droppedTurns: (turns: number) =>
      turns === 1
        ? '1 earlier message, for want of room'
        : `${count('en', turns)} earlier messages, for want of room`,
    ended: 'Ended',
    at: 'When',
    when: (ms: number) => dayAndTime('en-GB', ms),
    ends: {
      whole: 'whole',
      length: 'at the model’s length limit',
      filtered: 'by the provider’s content filter',
      stopped: 'stopped by you',
      failed: 'by a failure',
      interrupted: 'the server went away',
      toolCalls: 'when the model asked for a tool',
      other: 'for a reason the model did not explain',
    },
  },
};

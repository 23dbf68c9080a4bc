import { count, dayAndTime, tenths } from '../format';

/** What opens under a message: its menus and the whole receipt. Fetched when the first is opened. */
export const turnMenu = {
  label: 'Actions for this message',
  copyMarkdown: 'Copy as Markdown',
  copy: 'Copy',
  copyPlain: 'Copy as plain text',
  regenerate: 'Ask again',
  otherModels: 'Ask another model',
  noOtherModel: 'No other model here',
  noOtherVisionModel: 'No other model here sees images',
  currentModel: 'wrote this reply',
  continue: 'Continue',
  edit: 'Change and send again',
  quote: 'Quote',
  quoteSelection: 'Quote the selection',
  readAloud: 'Read aloud',
  stopReading: 'Stop reading aloud',
  copyLink: 'Copy link',
  delete: 'Delete',
  linkCopied: 'The link is copied. It opens for you only, in this browser.',
  usageDetails: {
    model: 'Model',
    provider: 'Provider',
    tokensIn: 'Tokens in',
    tokensOut: 'Tokens out',
    reasoningTokens: (tokens: number) => `${count('en', tokens)} of them thoughts`,
    tokens: (tokens: number) => count('en', tokens),
    timeToFirstToken: 'First word after',
    reasoningTime: 'Thought for',
    totalTime: 'In all',
    seconds: (ms: number) => `${tenths('en', ms)} s`,
    contextSent: 'Sent along',
    earlierMessages: (turns: number) => {
      if (turns === 0) return 'nothing of what was said before';
      return turns === 1
        ? '1 earlier message with its reply'
        : `${count('en', turns)} earlier messages with their replies`;
    },
    images: (images: number) => (images === 1 ? '1 image' : `${count('en', images)} images`),
    contextDropped: 'Left out',
    droppedMessages: (turns: number) =>
      turns === 1
        ? '1 earlier message, for want of room'
        : `${count('en', turns)} earlier messages, for want of room`,
    finish: 'Ended',
    createdAt: 'When',
    dateTime: (ms: number) => dayAndTime('en-GB', ms),
    finishes: {
      stop: 'whole',
      length: 'at the model’s length limit',
      content_filter: 'by the provider’s content filter',
      stopped: 'stopped by you',
      failed: 'by a failure',
      interrupted: 'the server went away',
      tool_calls: 'when the model asked for a tool',
      other: 'for a reason the model did not explain',
    },
  },
};

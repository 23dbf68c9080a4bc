import { count, dayAndTime, tenths } from '../format';

/** The menus under a message and the table of usage details, which load when one of them is first opened. */
export const turnMenu = {
  label: 'Message actions',
  copyMarkdown: 'Copy as Markdown',
  copy: 'Copy',
  copyPlain: 'Copy as plain text',
  regenerate: 'Regenerate',
  otherModels: 'Try another model',
  noOtherModel: 'No other model is available',
  noOtherVisionModel: 'No other model can see images',
  currentModel: 'current',
  continue: 'Continue',
  edit: 'Edit',
  quote: 'Quote',
  quoteSelection: 'Quote selection',
  readAloud: 'Read aloud',
  stopReading: 'Stop reading aloud',
  copyLink: 'Copy link',
  delete: 'Delete',
  linkCopied: 'Link copied. It only works for you, in this browser.',
  usageDetails: {
    model: 'Model',
    provider: 'Provider',
    tokensIn: 'Tokens in',
    tokensOut: 'Tokens out',
    reasoningTokens: (tokens: number) => `including ${count('en', tokens)} for reasoning`,
    tokens: (tokens: number) => count('en', tokens),
    timeToFirstToken: 'Time to first token',
    reasoningTime: 'Reasoning time',
    totalTime: 'Total time',
    seconds: (ms: number) => `${tenths('en', ms)} s`,
    contextSent: 'Context sent',
    earlierMessages: (turns: number) => {
      if (turns === 0) return 'no earlier messages';
      return turns === 1
        ? '1 earlier message and its reply'
        : `${count('en', turns)} earlier messages and their replies`;
    },
    images: (images: number) => (images === 1 ? '1 image' : `${count('en', images)} images`),
    contextDropped: 'Left out',
    droppedMessages: (turns: number) =>
      turns === 1
        ? '1 earlier message that didn’t fit'
        : `${count('en', turns)} earlier messages that didn’t fit`,
    finish: 'Outcome',
    createdAt: 'Date',
    dateTime: (ms: number) => dayAndTime('en-GB', ms),
    finishes: {
      stop: 'complete',
      length: 'reached the model’s length limit',
      content_filter: 'stopped by the provider’s content filter',
      stopped: 'stopped by you',
      failed: 'failed',
      interrupted: 'interrupted when the server stopped',
      tool_calls: 'ended when the model asked for a tool',
      other: 'ended for an unknown reason',
    },
  },
};

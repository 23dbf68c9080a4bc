import { count, tenths } from '../format';
/** The turns and the buttons under them, which load together. The menus that they open are in `turn-menu.ts`. */
export const turnFooter = {
  you: 'You',
  thinking: 'Thinking…',
  reasoning: 'Reasoning',
  thoughtFor: (ms: number) => `Thought for ${duration(ms)}`,
  waiting: 'Waiting for a reply',
  copyReply: 'Copy reply',
  retry: 'Try again',
  regenerate: 'Regenerate',
  versions: 'Versions',
  previousVersion: 'Previous version',
  nextVersion: 'Next version',
  version: (index: number, total: number) => `Version ${index} of ${total}`,
  tokensIn: (tokens: number) => `${count('en', tokens)} tokens in`,
  tokensOut: (tokens: number) => `${count('en', tokens)} out`,
  duration: (ms: number) => `${tenths('en', ms)} s`,
  usageDetails: 'Usage details',
  contextStart: 'The model only sees messages below this line',
  edit: 'Edit',
  editing: 'Editing below',
  copyMessage: 'Copy message',
  more: 'More actions',
  otherModels: 'Try another model',
  tryWith: (model: string) => `Try with ${model}`,
  continue: 'Continue',
  stopReading: 'Stop reading aloud',
  edits: 'Edits',
  previousEdit: 'Previous edit',
  nextEdit: 'Next edit',
  editVersion: (index: number, total: number) => `Edit ${index} of ${total}`,
  /** Under a reply that did not end normally. */
  notes: {
    stopped: 'You stopped this reply.',
    stoppedEmpty: 'You stopped this reply before it began.',
    interrupted:
      'The server stopped partway through. The text so far is saved. Try again for the full reply.',
    interruptedEmpty: 'The server stopped before it replied. Your message is saved. Try again.',
    cutAtLimit: 'This reply reached the model’s length limit.',
    filtered: 'The provider’s content filter stopped this reply.',
  },
};

function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

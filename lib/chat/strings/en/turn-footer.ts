/** The buttons under a message, which load with the turns. The menus that they open are in `turn-menu.ts`. */
export const turnFooter = {
  edit: 'Edit',
  editing: 'Editing below',
  copyMessage: 'Copy message',
  more: 'More actions',
  otherModels: 'Try another model',
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

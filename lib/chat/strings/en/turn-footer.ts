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
};

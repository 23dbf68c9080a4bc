/** What can be done with a message: the buttons under it, which come with the turns. What opens from them: `turn-menu.ts`. */
export const turnFooter = {
  edit: 'Change and send again',
  editing: 'Being changed below',
  copyMessage: 'Copy message',
  more: 'More actions',
  otherModels: 'Ask another model',
  continue: 'Continue',
  stopReading: 'Stop reading aloud',
  edits: 'Wordings',
  previousEdit: 'Previous wording',
  nextEdit: 'Next wording',
  editVersion: (index: number, total: number) => `Wording ${index} of ${total}`,
};

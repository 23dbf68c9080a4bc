/** What can be done with a message: the buttons under it, which come with the turns. What opens from them: `en-turn-menu.ts`. */
export const turnFooter = {
  edit: 'Change and send again',
  editing: 'Being changed below',
  copyWords: 'Copy message',
  more: 'More actions',
  models: 'Ask another model',
  goOn: 'Continue',
  stopReading: 'Stop reading aloud',
  wordings: 'Wordings',
  earlierWording: 'Previous wording',
  laterWording: 'Next wording',
  wording: (index: number, total: number) => `Wording ${index} of ${total}`,
};

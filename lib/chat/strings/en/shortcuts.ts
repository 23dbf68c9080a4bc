/** The keys of the page and the command palette, in English. */
export const shortcuts = {
  title: 'Keyboard shortcuts',
  singleKey: 'Shortcuts of one character, such as ? and /',
  commands: {
    palette: 'Search and commands',
    newConversation: 'New conversation',
    nextAssistant: 'Next assistant',
    previousAssistant: 'Previous assistant',
    compose: 'Write a message',
    find: 'Find in this conversation',
    stop: 'Stop the reply',
    copyReply: 'Copy the last reply',
    sheet: 'This list',
  },
};

export const palette = {
  title: 'Search and commands',
  placeholder: 'Search conversations, assistants, commands…',
  results: 'Results',
  none: 'Nothing is called that.',
  count: (total: number) => (total === 1 ? '1 result' : `${total} results`),
  current: 'chosen',
  groups: {
    actions: 'Commands',
    assistants: 'Assistants',
    sessions: 'Conversations',
    models: 'Model',
    themes: 'Theme',
    languages: 'Language',
  },
};

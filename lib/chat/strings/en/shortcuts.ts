/** Keyboard shortcuts, by command. */
export const shortcuts = {
  title: 'Keyboard shortcuts',
  noCode: 'There is no code block here',
  singleKey: 'Single-key shortcuts (? and /)',
  commands: {
    palette: 'Search and commands',
    newConversation: 'New conversation',
    nextAssistant: 'Next assistant',
    previousAssistant: 'Previous assistant',
    compose: 'Go to the message box',
    find: 'Find in conversation',
    stop: 'Stop the reply',
    copyReply: 'Copy the last reply',
    copyCode: 'Copy the last code block',
    sheet: 'Keyboard shortcuts',
  },
};

export const palette = {
  placeholder: 'Search conversations, assistants and commands…',
  results: 'Results',
  none: 'No results',
  count: (total: number) => (total === 1 ? '1 result' : `${total} results`),
  current: 'current',
  groups: {
    actions: 'Commands',
    assistants: 'Assistants',
    sessions: 'Conversations',
    models: 'Model',
    themes: 'Theme',
    languages: 'Language',
  },
};

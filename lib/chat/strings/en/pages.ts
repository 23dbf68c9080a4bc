/** What a page says that holds nothing else. In a file of its own: the error page is in every first load. */
export const pages = {
  errorTitle: 'Something broke on this page',
  errorText: 'Your conversations are kept on the server. Load the page again to go on.',
  reload: 'Load again',
  notFoundTitle: 'There is nothing here',
  notFoundText: 'The address leads nowhere. Your conversations are where you left them.',
  home: 'To the conversations',
};

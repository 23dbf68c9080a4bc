/** The error page and the page for unknown addresses. A file of its own, because the error page is in every first load. */
export const pages = {
  errorTitle: 'Something went wrong',
  errorText: 'Your conversations are saved on the server. Reload the page to continue.',
  reload: 'Reload',
  notFoundTitle: 'Page not found',
  notFoundText: 'This link doesn’t lead anywhere. Your conversations are safe.',
  home: 'Back to your conversations',
};

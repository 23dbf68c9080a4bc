/** Long conversations: the way back, finding words, and links to turns. */
export const long = {
  news: 'New text',
  toNews: 'New text below: jump to the newest',
};

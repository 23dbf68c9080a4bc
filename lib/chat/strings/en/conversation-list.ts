import { moment } from '../format';

/** The list of conversations, and what other windows share with it. It loads with the first of them. */
export const conversationList = {
  title: (name: string) => `Conversations with ${name}`,
  empty: 'No conversations yet. Send a message to start one.',
  close: 'Close',
  actions: (title: string) => `Actions for “${title}”`,
  rename: 'Rename',
  titleLabel: 'Title',
  save: 'Save',
  cancel: 'Cancel',
  pin: 'Pin',
  unpin: 'Unpin',
  pinned: 'Pinned',
  clear: 'Clear',
  delete: 'Delete',
  showMore: 'Show more',
  loading: 'Loading conversations…',
  updatedAt: (ms: number, now: number) => moment('en-GB', ms, now),
};

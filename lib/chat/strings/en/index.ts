import { calendarDay, count, moment, tenths } from '../format';
import { assistants } from './assistants';
import { composing } from './composer';
import { failures } from './failures';
import { keys, palette } from './keys';
import { find, link, long } from './long-conversations';
import { markdown } from './markdown';
import { pages } from './pages';

/** Every word that a person sees, in English. Its shape is the shape of every language. */
export const en = {
  app: {
    name: 'Confab',
    description: 'Several assistants, each with conversations of its own that stream in and are kept.',
  },
  assistants,
  failures,
  composing,
  find,
  link,
  long,
  keys,
  palette,
  rail: {
    label: 'Assistants',
    replying: 'replying',
    unread: 'new reply',
    failed: 'failed',
    waiting: 'a message waits',
    language: 'Language',
    languages: { en: 'English', zh: '中文' },
    theme: 'Theme',
    themes: { system: 'Like the system', light: 'Light', dark: 'Dark' },
    skip: 'Skip to the message box',
  },
  header: {
    untitled: 'New conversation',
    keptUntil: (ms: number, now: number) => `kept until ${calendarDay('en-GB', ms, now)}`,
    keptForever: 'kept for ever',
    keptInMemory: 'kept until the server restarts',
    conversations: 'Conversations',
    fresh: 'New conversation',
  },
  menu: {
    title: (name: string) => `Conversations with ${name}`,
    none: 'No conversations yet. The first begins with your first message.',
    close: 'Close',
    actions: (title: string) => `Actions for “${title}”`,
    rename: 'Rename',
    renameLabel: 'Title',
    save: 'Save',
    cancel: 'Cancel',
    pin: 'Pin',
    unpin: 'Unpin',
    pinned: 'Pinned',
    clear: 'Clear',
    remove: 'Delete',
    more: 'Show more',
    loading: 'Loading conversations',
    when: (ms: number, now: number) => moment('en-GB', ms, now),
  },
  toast: {
    cleared: (title: string) => `“${title}” was cleared.`,
    removed: (title: string) => `“${title}” was deleted.`,
    turnRemoved: 'The message and its reply were deleted.',
    undo: 'Undo',
    dismiss: 'Dismiss',
  },
  turn: {
    you: 'You',
    thinking: 'Thinking…',
    thought: 'Thoughts',
    thoughtFor: (ms: number) => `Thought for ${duration(ms)}`,
    waiting: 'Waiting for the first word',
    copy: 'Copy',
    copyReply: 'Copy reply',
    copied: 'Copied',
    copyFailed: 'Could not copy',
    retry: 'Try again',
    again: 'Ask again',
    stopped: 'Stopped. What had arrived is kept.',
    stoppedEmpty: 'Stopped before the first word.',
    interrupted: 'The server went away in the middle. What had arrived is kept; try again for a whole reply.',
    interruptedEmpty: 'The server went away before the first word. Your message is kept; try again.',
    cutAtLimit: 'The reply reached the model’s length limit and ends here.',
    filtered: 'The provider’s content filter ended this reply.',
    versions: 'Versions',
    previousVersion: 'Previous version',
    nextVersion: 'Next version',
    version: (index: number, total: number) => `Version ${index} of ${total}`,
    tokensIn: (tokens: number) => `${count('en', tokens)} in`,
    tokensOut: (tokens: number) => `${count('en', tokens)} out`,
    took: (ms: number) => `${tenths('en', ms)} s`,
    receipt: 'Receipt',
    memory: 'the model remembers from here on',
  },
  markdown,
  composer: {
    label: (name: string) => `Message ${name}`,
    send: 'Send',
    stop: 'Stop',
    model: 'Model',
    noModels: 'No model',
    tooLong: (length: number, limit: number) =>
      `${count('en', length)} of at most ${count('en', limit)} characters. Shorten the message to send it.`,
    reconnecting: 'The connection broke off; taking the reply up again…',
    memory: 'Kept in memory only: gone when the server restarts.',
    demo: 'A demo answers here. Set a provider’s key on the server for a real model.',
  },
  pending: {
    sending: 'Sending…',
    waiting: 'Waiting to be sent. It goes out by itself.',
    offline: 'You are offline. It goes out by itself once you are connected.',
    network: 'The server cannot be reached. It goes out by itself when it can.',
    store: 'Nothing can be kept on the server right now. It goes out by itself when it can.',
    restarting: 'The server is restarting. It goes out by itself in a moment.',
    rate: 'There were too many messages at once. It goes out by itself in a moment.',
    after: {
      message: 'It goes out by itself after the message before it.',
      reply: 'It goes out by itself after the reply that is being written.',
    },
    now: 'Try again now',
    retry: 'Try again',
    edit: 'Edit',
    discard: 'Discard',
  },
  conversation: {
    label: (name: string) => `Conversation with ${name}`,
    loading: 'Loading the conversation',
    older: 'Show earlier messages',
    loadingOlder: 'Loading earlier messages',
    newest: 'Jump to the newest',
    unreadable: 'The conversation could not be loaded',
    retry: 'Try again',
    suggestions: 'Suggestions',
  },
  live: {
    started: (name: string) => `${name} is replying.`,
    ended: (name: string) => `${name} has replied.`,
    stopped: (name: string) => `${name} was stopped.`,
    failed: (name: string) => `The reply of ${name} failed.`,
  },
  pages,
};

function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

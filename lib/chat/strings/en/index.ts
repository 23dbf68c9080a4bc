import { CONTENT_LIMIT } from '../../text/content';
import { calendarDay, clockTime, count } from '../format';
import { assistants } from './assistants';
import { attachments } from './attachments';
import { failures } from './failures';
import { pages } from './pages';

/** The English strings of the first load. Their type is the type of every language. */
export const en = {
  app: {
    name: 'Confab',
    description:
      'A self-hosted AI chat with three assistants. Replies stream in, and every conversation is saved.',
  },
  assistants,
  failures,
  attachments,
  find: { open: 'Find in conversation', label: 'Find in conversation' },
  /** Where a link to a message leads. */
  turnLink: {
    looking: 'Looking for the message…',
    unknown: 'This message isn’t available. It was deleted or belongs to someone else.',
    other_version: 'This message is in another version of the conversation.',
    showVersion: 'Show that version',
  },
  palette: { title: 'Search and commands' },
  rail: {
    label: 'Assistants',
    replying: 'replying',
    unread: 'new reply',
    failed: 'reply failed',
    waiting: 'message waiting to send',
    language: 'Language',
    theme: 'Theme',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    guest: 'Devices and data',
    skip: 'Skip to the message box',
  },
  header: {
    untitled: 'New conversation',
    keptUntil: (ms: number, now: number) => `kept until ${calendarDay('en-GB', ms, now)}`,
    keptForever: 'kept forever',
    keptInMemory: 'lost when the server restarts',
    openList: 'Conversations',
    newConversation: 'New conversation',
  },
  toasts: {
    cleared: (title: string) => `Cleared “${title}”`,
    deleted: (title: string) => `Deleted “${title}”`,
    turnDeleted: 'Deleted the message and its reply',
    undo: 'Undo',
    dismiss: 'Dismiss',
  },
  copyButton: {
    copy: 'Copy',
    copied: 'Copied',
    copyFailed: 'Couldn’t copy',
  },
  composer: {
    label: (name: string) => `Message ${name}`,
    send: 'Send',
    stop: 'Stop',
    model: 'Model',
    noModels: 'No models available',
    tooLong: (length: number) =>
      `Too long: ${count('en', length)} of ${count('en', CONTENT_LIMIT)} characters. Shorten your message to send it.`,
    reconnecting: 'Connection lost. Reconnecting…',
    memoryOnly: 'Conversations are kept in memory only and are lost when the server restarts.',
    evicts: 'Conversation storage deletes conversations when its memory is full.',
    demo: 'Demo mode: replies are scripted. Add an API key on the server to chat with a real model.',
    editing: 'Editing an earlier message',
    cancelEdit: 'Cancel',
    sendAfterReply: 'Send after this reply',
    sendsAfterReply: 'This will be sent when the current reply finishes.',
    context: (tokens: number, budget: number, isFull: boolean) =>
      `Context: about ${count('en', tokens)} of ${count('en', budget)} tokens.${
        isFull ? ' The oldest messages are no longer sent to the model.' : ''
      }`,
    percent: (share: number) => `${share}%`,
  },
  pending: {
    sending: 'Sending…',
    waiting: 'Waiting to send. This will be sent automatically.',
    offline: 'You’re offline. This will be sent when you’re back online.',
    network: 'Can’t reach the server. This will be sent as soon as it’s back.',
    store: 'The server can’t save messages right now. This will be sent when it can.',
    restarting: 'The server is restarting. This will be sent in a moment.',
    paused: 'New messages are paused on this server. This will be sent when they resume.',
    rateLimited: 'You’re sending messages too fast. This will be sent in a moment.',
    replies: 'Too many replies are being written at once. This will be sent when one of them finishes.',
    address: 'Too many messages are coming from your network. This will be sent in a moment.',
    tokens: (resetsAt: number) =>
      `Today’s token limit is used up. It resets at ${clockTime('en-GB', resetsAt)}, and this will be sent then.`,
    cost: (resetsAt: number) =>
      `Today’s budget is used up. It resets at ${clockTime('en-GB', resetsAt)}, and this will be sent then.`,
    after: {
      message: 'This will be sent after the previous message.',
      reply: 'This will be sent when the current reply finishes.',
    },
    sendNow: 'Send now',
    retry: 'Try again',
    edit: 'Edit',
    discard: 'Discard',
  },
  conversation: {
    label: (name: string) => `Conversation with ${name}`,
    loading: 'Loading conversation…',
    showEarlier: 'Show earlier messages',
    loadingEarlier: 'Loading earlier messages…',
    jumpToLatest: 'Jump to latest',
    newBelow: 'New below',
    newBelowLabel: 'New text below: jump to latest',
    loadFailed: 'Couldn’t load this conversation',
    retry: 'Try again',
    suggestions: 'Suggestions',
    promise: 'Nothing you write is lost, assistants don’t mix, and all of it is yours.',
  },
  announcements: {
    started: (name: string) => `${name} is replying.`,
    finished: (name: string) => `${name} has replied.`,
    stopped: (name: string) => `${name}’s reply was stopped.`,
    failed: (name: string) => `${name}’s reply failed.`,
  },
  pages,
};

import type { StoreWarning } from '../../store-warnings';
import { count, tenths } from '../format';

/** The admin page. Its days are UTC. */
export const admin = {
  title: 'Admin',
  signIn: {
    label: 'Admin password',
    hint: 'Set on the server as',
    submit: 'Sign in',
    problems: {
      token: 'That password isn’t right.',
      wait: 'Too many wrong passwords. Wait a moment, then try again.',
      ended: 'You were signed out. Sign in again.',
    },
  },
  signOut: 'Sign out',
  refresh: 'Refresh',
  version: (version: string) => `Version ${version}`,
  startedAt: 'Running since',
  unkept: 'These numbers are from this server process only, since it started.',
  newMessages: {
    title: 'New messages',
    open: 'People can send messages.',
    paused: 'Paused since',
    pausedNote: 'New messages wait in people’s browsers. Replies that were running finish.',
    pause: 'Pause new messages',
    resume: 'Resume',
  },
  now: {
    title: 'Now',
    liveReplies: 'Replies being written',
    turnsToday: 'Turns today',
    tokensToday: 'Tokens today',
    limitsToday: 'Refused by limits today',
    storage: 'Storage',
    stored: (bytes: number) => `${tenths('en', (bytes * 1000) / 1024 ** 2)} MB`,
    storageErrors: (errors: number) => `${count('en', errors)} failed calls`,
    latency: (ms: number) => `${tenths('en', ms * 1000)} ms`,
    storageWarnings: {
      evicts: 'deletes conversations when its memory is full',
      not_persisted: 'in memory only',
      too_old: 'older than Redis 6.0',
      secret_replaced: 'lost the key that recognises browsers',
    } satisfies Record<StoreWarning, string>,
  },
  days: {
    turns: 'Turns per day',
    tokens: 'Tokens per day',
    /** Of a plot, for screen readers. */
    summary: (days: number, most: number, today: number) =>
      `Last ${days} days. Most on one day: ${count('en', most)}. Today: ${count('en', today)}.`,
    most: 'Most on one day',
    other: 'Other',
    failed: 'Failed',
    input: 'Input',
    output: 'Output',
    asTable: 'Show as a table',
    day: 'Day (UTC)',
  },
  models: { title: 'Models', name: 'Model' },
  guests: {
    title: 'Guests',
    note: 'Guests appear as a short hash, the same as in the server log.',
    name: 'Guest',
    others: 'All others',
  },
  limits: { title: 'Refused by limits', name: 'Limit', count: 'Requests' },
  turns: 'Turns',
  tokens: 'Tokens',
  none: 'Nothing in the last 30 days.',
  count: (value: number) => count('en', value),
};

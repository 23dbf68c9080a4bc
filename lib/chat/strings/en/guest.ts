import { count, moment } from '../format';

/** The dialog about devices and data. */
export const guest = {
  intro: 'You don’t need an account here. These browsers can open your conversations.',
  accountIntro: 'These browsers are signed in to your account and can open your conversations.',
  devices: 'Signed-in browsers',
  loading: 'Loading…',
  retry: 'Try again',
  unknown: 'Unknown browser',
  current: 'This browser',
  lastSeen: (ms: number, now: number) => `Last used: ${moment('en-GB', ms, now)}`,
  rename: (name: string) => `Rename ${name}`,
  signOut: 'Sign out',
  signOutOf: (name: string) => `Sign out ${name}`,
  signedOut: (name: string) => `Signed out ${name}.`,
  cancel: 'Cancel',
  leave: {
    button: 'Sign out this browser',
    warning:
      'Your conversations stay on the server. If no other browser is signed in, you won’t be able to open them again. Drafts in this browser are deleted.',
    confirm: 'Sign out',
  },
  leaveAccount: {
    button: 'Sign out this browser',
    warning: 'Your conversations stay in your account. Drafts in this browser are deleted.',
    confirm: 'Sign out',
  },
  join: {
    offer: (total: number) =>
      `This browser has ${total === 1 ? '1 conversation' : `${count('en', total)} conversations`} from before you signed in.`,
    accept: 'Add to your account',
    later: 'Not now',
  },
  erase: {
    button: 'Delete everything',
    warning:
      'This deletes all your conversations, images and drafts, and signs out every browser. It can’t be undone.',
    confirm: 'Delete everything',
  },
};

import { count } from '../format';

const seconds = (value: number): string => `${count('en', value)} ${value === 1 ? 'second' : 'seconds'}`;

/** The page that asks for the access code. */
export const access = {
  title: 'Enter the access code',
  text: 'This server is private. Enter the code you were given to continue.',
  signInTitle: 'Sign in to continue',
  signInText: 'Your conversations are in your account, on every device.',
  signIn: 'Sign in',
  signInFailed: 'Couldn’t sign you in. Try again, or ask the owner of this server.',
  label: 'Access code',
  enter: 'Continue',
  checking: 'Checking…',
  noCookies:
    'This browser blocks this site’s cookies, so it can’t be let in. Allow them for this site, then reload the page.',
  wrong: 'That code isn’t right. Check it and try again.',
  wrongWait: (wait: number) => `That code isn’t right. Wait ${seconds(wait)}, then try again.`,
  tooMany: (wait: number) => `Too many wrong codes. Wait ${seconds(wait)}, then try again.`,
};

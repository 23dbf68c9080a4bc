import { IMAGE_BYTES, IMAGE_PIXELS } from '../../image-limits';
import { CONTENT_LIMIT } from '../../text/content';
import type { FailureTables, StorageFailures } from '../failure-strings';
import { count, megabytes } from '../format';

const TRY_AGAIN = 'Try again in a moment.';
const TRY_ANOTHER_MODEL = 'Try again, or choose another model.';

/** The strings for storage failures load when one occurs: `../storage-failures.ts`. */
const NOT_LOADED: Partial<StorageFailures> = {};

/**
 * What happened (`what`) and what to do about it (`next`). `failureText` puts what was saved (`kept`) between the two,
 * because that depends on what there was to save.
 */
export const failures = {
  codes: {
    bad_request: {
      what: 'The server couldn’t accept this request.',
      next: 'Edit the message or reload the page, then try again.',
    },
    unauthorized: { what: 'This browser doesn’t have access.', next: 'Reload the page to sign in again.' },
    forbidden: {
      what: 'The server refused this request because it doesn’t recognise the site’s address.',
      next: 'Open the site at its usual address. If it’s yours, check ALLOWED_HOSTS and TRUST_PROXY on the server.',
    },
    method_not_allowed: {
      what: 'The server doesn’t support this action.',
      next: 'Reload the page, then try again.',
    },
    not_found: {
      what: 'This is no longer available.',
      next: 'It may have expired or been deleted. Open another conversation.',
    },
    turn_in_progress: {
      what: 'A reply is still being written in this conversation.',
      next: 'Wait for the reply to finish, or stop it, then send again.',
    },
    wrong_assistant: {
      what: 'This conversation belongs to another assistant.',
      next: 'Start a new conversation, then send again.',
    },
    turn_mismatch: {
      what: 'This message was already sent with different content.',
      next: 'Discard this copy, or send it as a new message.',
    },
    too_large: {
      what: 'The message is too long.',
      next: `Shorten it to ${count('en', CONTENT_LIMIT)} characters or fewer, then send again.`,
    },
    unsupported_image: {
      what: 'This image format isn’t supported.',
      next: 'Use PNG, JPEG, WebP or GIF.',
    },
    rate_limited: { what: 'You’re sending messages too fast.', next: TRY_AGAIN },
    quota_exceeded: { what: 'A limit of this server is used up.', next: 'Try again when it resets.' },
    internal: {
      what: 'Something went wrong on the server.',
      next: 'Try again. If it keeps happening, check the server log.',
    },
    model_unavailable: {
      what: 'This model isn’t set up on this server.',
      next: 'Choose another model below, then try again.',
    },
    store_unavailable: { what: 'Conversation storage is unavailable.', next: TRY_AGAIN },
    paused: {
      what: 'The owner of this server has paused new messages.',
      next: 'Yours will be sent when they resume.',
    },
    shutting_down: { what: 'The server is restarting.', next: TRY_AGAIN },
    model_failed: { what: 'The model didn’t reply.', next: TRY_ANOTHER_MODEL },
    network: { what: 'Couldn’t reach the server.', next: 'Check your connection, then try again.' },
    offline: { what: 'You’re offline.', next: 'Try again when you’re back online.' },
  },
  /** What was wrong with the model or with an image: says more than the code, so it comes first. */
  reasons: {
    auth: {
      what: 'The model provider rejected the API key.',
      next: 'Check the key on the server, or choose another model.',
    },
    rate_limited: {
      what: 'The model provider is getting too many requests, or the quota is used up.',
      next: 'Try again in a moment, or choose another model.',
    },
    unreachable: {
      what: 'Couldn’t reach the model provider.',
      next: 'Try again, or check the provider’s address on the server.',
    },
    upstream: { what: 'The model provider had an error.', next: TRY_ANOTHER_MODEL },
    cut: { what: 'The connection to the model was lost.', next: 'Try again for the full reply.' },
    malformed: { what: 'The model sent something that couldn’t be read.', next: TRY_ANOTHER_MODEL },
    empty: { what: 'The model sent an empty reply.', next: 'Try again, or rephrase your message.' },
    stalled: { what: 'The model stopped responding.', next: TRY_ANOTHER_MODEL },
    access_code: {
      what: 'This server now asks for an access code.',
      next: 'Reload the page to enter it.',
    },
    sign_in: { what: 'You’re not signed in.', next: 'Reload the page to sign in.' },
    signed_out: { what: 'This browser was signed out.', next: 'Reload the page to start again.' },
    image_bytes: {
      what: `The image is larger than ${megabytes(IMAGE_BYTES)} MB.`,
      next: 'Make it smaller, then add it again.',
    },
    image_pixels: {
      what: `The image has more than ${IMAGE_PIXELS / 1_000_000} million pixels.`,
      next: 'Make it smaller, then add it again.',
    },
    images_together: {
      what: 'Together, the images are too large.',
      next: 'Send some of them in a separate message.',
    },
    image_unknown: { what: 'An image is no longer on the server.', next: 'Add it again, then send.' },
    no_vision: {
      what: 'This model can’t see images.',
      next: 'Choose a model that can, or remove the images.',
    },
    storage: {
      what: 'Your storage on this server is full.',
      next: 'Delete conversations you no longer need. That frees up space within a day.',
    },
    tokens: { what: 'Today’s token limit is used up.', next: 'It resets at midnight UTC.' },
    cost: { what: 'Today’s budget is used up.', next: 'It resets at midnight UTC.' },
    replies: {
      what: 'Too many of your replies are being written at once.',
      next: 'Wait for one to finish, or stop it.',
    },
    images: { what: 'You’re uploading images too fast.', next: TRY_AGAIN },
    address: { what: 'Too many messages are coming from your network.', next: TRY_AGAIN },
  },
  storage: NOT_LOADED,
  kept: {
    message: 'Your message is saved.',
    partial: 'The text so far is saved.',
    unsent: 'Your message is saved here but not sent yet.',
    history: 'Nothing was lost.',
    untouched: 'Nothing was changed.',
    tab: 'What you see stays in this tab; new messages will wait.',
    shown: 'This text is only in this tab.',
    drafts: 'Your drafts are saved in this browser.',
  },
  retryIn: (seconds: number) => {
    if (seconds <= 90) return `Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
    if (seconds <= 90 * 60) return `Try again in ${Math.ceil(seconds / 60)} minutes.`;
    return `Try again in ${Math.ceil(seconds / 3600)} hours.`;
  },
} satisfies FailureTables & Record<string, unknown>;

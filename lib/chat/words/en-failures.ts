/**
 * What a person reads when something fails: what happened, and what to do next. What was kept is said by `kept`,
 * between the two, because it depends on what there was.
 */
export const failures = {
  codes: {
    bad_request: {
      what: 'The server did not accept this request.',
      next: 'Change the message, or reload the page.',
    },
    unauthorized: { what: 'This browser has no access here.', next: 'Reload the page to sign in again.' },
    not_found: {
      what: 'That is no longer here.',
      next: 'It may have been deleted or have run out; open another conversation.',
    },
    turn_in_progress: {
      what: 'A reply is still being written in this conversation.',
      next: 'Wait for it or stop it, then send.',
    },
    wrong_assistant: {
      what: 'This conversation belongs to another assistant.',
      next: 'Start a new conversation, then send.',
    },
    turn_mismatch: {
      what: 'This message was already sent with other words.',
      next: 'Discard this copy, or send it as a new message.',
    },
    too_large: { what: 'The message is too long.', next: 'Shorten it to 32,000 characters, then send.' },
    unsupported_image: { what: 'This kind of image is not supported.', next: 'Use PNG, JPEG, WebP or GIF.' },
    rate_limited: { what: 'There were too many messages at once.', next: 'Wait a moment, then try again.' },
    internal: {
      what: 'Something went wrong on the server.',
      next: 'Try again; if it stays, look into the server’s log.',
    },
    model_unavailable: {
      what: 'This model is not set up on this server.',
      next: 'Choose another model below, then try again.',
    },
    store_unavailable: {
      what: 'The place where conversations are kept cannot be reached.',
      next: 'Try again in a moment.',
    },
    shutting_down: { what: 'The server is restarting.', next: 'Try again in a moment.' },
    model_failed: { what: 'The model did not answer.', next: 'Try again, or choose another model.' },
    network: { what: 'The server could not be reached.', next: 'Check the connection, then try again.' },
    offline: { what: 'You are offline.', next: 'Try again once you are connected.' },
  },
  /** Why a model failed; more exact than the code, so it is read first. */
  reasons: {
    auth: {
      what: 'The model’s provider refused the key.',
      next: 'Check the API key on the server, or choose another model.',
    },
    rate_limited: {
      what: 'The model’s provider is receiving too many requests, or the quota is used up.',
      next: 'Wait a little, or choose another model.',
    },
    unreachable: {
      what: 'The model’s server could not be reached.',
      next: 'Check its address on the server, or try again.',
    },
    upstream: { what: 'The model’s server failed.', next: 'Try again, or choose another model.' },
    cut: {
      what: 'The connection to the model broke off in the middle.',
      next: 'Try again for a whole reply.',
    },
    malformed: {
      what: 'The model sent something that could not be read.',
      next: 'Try again, or choose another model.',
    },
    empty: { what: 'The model ended without a word.', next: 'Try again, or say it in another way.' },
    stalled: { what: 'The model went silent for too long.', next: 'Try again, or choose another model.' },
  },
  kept: {
    message: 'Your message is kept.',
    partial: 'What had arrived is kept.',
    unsent: 'Your message is kept here, not yet sent.',
    history: 'Nothing was lost.',
  },
  retryIn: (seconds: number) => `Try again in ${seconds} s.`,
};

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
    image_bytes: { what: 'The image is larger than 10 MB.', next: 'Make it smaller, then add it again.' },
    image_pixels: {
      what: 'The image has more than 50 million pixels.',
      next: 'Make it smaller, then add it again.',
    },
    images_together: {
      what: 'The images are too large together.',
      next: 'Send some of them in another message.',
    },
    image_unknown: { what: 'An image is no longer on the server.', next: 'Add it again, then send.' },
    no_vision: {
      what: 'This model cannot see images.',
      next: 'Choose a model that can, or remove the images.',
    },
  },
  /** What is wrong with the place where conversations are kept. */
  storage: {
    unreachable: {
      what: 'The place where conversations are kept cannot be reached.',
      next: 'It is tried again by itself; if it stays, start it again.',
    },
    slow: {
      what: 'The place where conversations are kept answers too slowly.',
      next: 'Try again in a moment; if it stays, look at its load.',
    },
    auth: {
      what: 'The place where conversations are kept refuses this server’s password.',
      next: 'Check the address and the password of the store on the server.',
    },
    quota: {
      what: 'The place where conversations are kept has used up its quota.',
      next: 'Raise its plan, or wait until the quota begins anew.',
    },
    read_only: {
      what: 'The place where conversations are kept can be read but not written.',
      next: 'Point the server at the primary, or make the file writable; then try again.',
    },
    out_of_memory: {
      what: 'The place where conversations are kept is out of memory.',
      next: 'Give it more memory, or delete old conversations; then try again.',
    },
    full: {
      what: 'The disk under the conversations takes no more: it is full, or it fails.',
      next: 'Make room on the server; then try again.',
    },
    locked: {
      what: 'Another program holds the file in which conversations are kept.',
      next: 'Try again in a moment; if it stays, end that program.',
    },
    corrupt: {
      what: 'The file in which conversations are kept is damaged.',
      next: 'Put a copy of it back on the server; it is used again by itself.',
    },
    corrupt_record: {
      what: 'What is kept of this conversation cannot be read: it is damaged.',
      next: 'Go on in a new conversation; the others are as they were.',
    },
    gone: {
      what: 'This conversation is no longer where it was kept: the store came back empty, or somebody deleted it.',
      next: 'Copy what you need, then send again.',
    },
    unknown: {
      what: 'The place where conversations are kept does not work as it should.',
      next: 'Try again in a moment; the server’s log says what is wrong.',
    },
  },
  kept: {
    message: 'Your message is kept.',
    partial: 'What had arrived is kept.',
    unsent: 'Your message is kept here, not yet sent.',
    history: 'Nothing was lost.',
    untouched: 'It is left as it is.',
    tab: 'What you see stays in this tab; new messages wait.',
    shown: 'The words are in this tab only.',
  },
  retryIn: (seconds: number) => `Try again in ${seconds} s.`,
};

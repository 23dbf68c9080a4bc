import type { ImageReason } from '../errors';

/** Why a request with images was refused. */
export const imageFailures = {
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
} satisfies Record<ImageReason, { what: string; next: string }>;

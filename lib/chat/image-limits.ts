/** The largest accepted image, in bytes. */
export const IMAGE_BYTES = 10 * 1024 * 1024;

/** An image may have at most this many pixels. Decoded, each takes 4 bytes of memory in the browser. */
export const IMAGE_PIXELS = 50_000_000;

/** A message may have at most this many images. */
export const IMAGES_PER_TURN = 8;

/**
 * At most this many images, and bytes of images, go into one call to a model, with those of earlier turns. As base64
 * they are a third larger.
 */
export const CONTEXT_IMAGES = 8;
export const CONTEXT_IMAGE_BYTES = 20 * 1024 * 1024;

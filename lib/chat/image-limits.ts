/** The largest accepted image, in bytes. */
export const IMAGE_BYTES = 10 * 1024 * 1024;

/** The most pixels of an image. Decoded, each takes 4 bytes of memory in the browser. */
export const IMAGE_PIXELS = 50_000_000;

/** The most images of one message. */
export const IMAGES_PER_TURN = 8;

/**
 * The most images, and bytes of images, in one call to a model, including earlier turns. As base64 they are a third
 * larger.
 */
export const CONTEXT_IMAGES = 8;
export const CONTEXT_IMAGE_BYTES = 20 * 1024 * 1024;

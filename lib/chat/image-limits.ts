/** The largest image that is taken, in bytes. */
export const IMAGE_BYTES = 10 * 1024 * 1024;

/** The most pixels of an image: decoded, it takes four times as many bytes of whoever looks at it. */
export const IMAGE_PIXELS = 50_000_000;

/** The most images of one message. */
export const IMAGES_PER_TURN = 8;

/** What one call to a model carries of images, those of earlier turns too; the base64 of it is a third longer. */
export const CONTEXT_IMAGES = 8;
export const CONTEXT_IMAGE_BYTES = 20 * 1024 * 1024;

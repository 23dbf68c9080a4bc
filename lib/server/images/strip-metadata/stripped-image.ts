/** An image without what it says beside its picture: where and by whom it was taken, thumbnails, comments. */
export interface StrippedImage {
  data: Buffer;
  /** Pixels, as it is looked at. */
  width: number;
  height: number;
  /** The most that a decoder sets aside for one picture of it, in pixels. */
  area: number;
}

/** The bytes are not what the format says. Its message is for tests: a user learns that the image is not supported. */
export class BrokenImage extends Error {
  override readonly name = 'BrokenImage';
}

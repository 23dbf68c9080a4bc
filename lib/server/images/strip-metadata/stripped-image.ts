/** An image without metadata: no place, author, thumbnail or comment. */
export interface StrippedImage {
  data: Buffer;
  /** Pixels, as displayed: after applying the orientation. */
  width: number;
  height: number;
  /** A decoder allocates memory for at most this many pixels at once. */
  area: number;
}

/** The bytes do not follow the format. Users only learn that the image is not supported. */
export class BrokenImage extends Error {
  override readonly name = 'BrokenImage';
}

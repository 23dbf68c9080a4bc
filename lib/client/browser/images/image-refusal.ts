/**
 * Why an image is refused. `type`: not an image, or of an unsupported type. `heic`: a photo in the format of iPhones,
 * which this browser cannot decode. `too_big`: its file. `unreadable`: damaged. `too_many`: the message already has the
 * most images it can have.
 */
export type RefusalReason = 'type' | 'heic' | 'too_big' | 'unreadable' | 'too_many';

/** An image that cannot be sent; trying again does not help. */
export class ImageRefusal extends Error {
  override readonly name = 'ImageRefusal';

  constructor(
    readonly reason: Exclude<RefusalReason, 'too_many'>,
    cause?: unknown,
  ) {
    super(reason, { cause });
  }
}

/**
 * Why an image is not taken. `type`: not an image, or none of a kind that is taken. `too_big`: its file.
 * `unreadable`: this browser, or the server, makes nothing of it. `too_many`: a message has no room for it.
 */
export type RefusalReason = 'type' | 'too_big' | 'unreadable' | 'too_many';

/** An image that cannot be sent, however often it is tried. */
export class ImageRefusal extends Error {
  override readonly name = 'ImageRefusal';

  constructor(
    readonly reason: Exclude<RefusalReason, 'too_many'>,
    cause?: unknown,
  ) {
    super(reason, { cause });
  }
}

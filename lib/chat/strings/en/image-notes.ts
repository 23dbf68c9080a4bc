import { IMAGES_PER_TURN } from '../../image-limits';

/** Why an image was not attached, or cannot be sent yet. */
export const imageNotes = {
  dismiss: 'Dismiss',
  /** By the reason why an image was not attached. */
  rejected: {
    type: (name: string) => `Can’t attach ${name}. Only PNG, JPEG, WebP and GIF images are supported.`,
    heic: (name: string) =>
      `${name} is a HEIC photo, which this browser can’t open. Save it as JPEG first, or take a screenshot of it. For new photos on an iPhone: Settings › Camera › Formats › Most Compatible.`,
    too_big: (name: string) => `${name} is too large. Choose a smaller image.`,
    unreadable: (name: string) => `Couldn’t open ${name}. The file may be damaged; try another copy.`,
    too_many: () => `You can attach up to ${IMAGES_PER_TURN} images per message. The rest were left out.`,
  },
  uploadFailed: (name: string, why: string) =>
    `${name} wasn’t uploaded. ${why} Upload it again or remove it, then send.`,
  modelCannotSee: (model: string, hasAlternative: boolean) =>
    hasAlternative
      ? `${model} can’t see images.`
      : `${model} can’t see images, and no other model here can. Remove the images to send only the text.`,
  switchTo: (model: string) => `Use ${model}`,
};

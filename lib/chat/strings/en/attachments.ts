import { IMAGES_PER_TURN } from '../../image-limits';
import { count } from '../format';

/** Images and pasted text that are attached to a message, before and after it is sent. */
export const attachments = {
  add: 'Add images',
  dropTitle: 'Drop images here',
  dropHint: 'They’ll be added to your message.',
  listLabel: 'Attached to this message',
  imageLabel: (index: number, total: number) =>
    total === 1 ? 'Attached image' : `Image ${index} of ${total}`,
  removeImage: (index: number) => `Remove image ${index}`,
  uploadProgress: (name: string, percent: number) => `Uploading ${name}, ${percent}%`,
  cancelUpload: (name: string) => `Cancel upload of ${name}`,
  retryUpload: (name: string) => `Upload ${name} again`,
  dismiss: 'Dismiss',
  /** By the reason why an image was not attached. */
  rejected: {
    type: (name: string) => `Can’t attach ${name}. Only PNG, JPEG, WebP and GIF images are supported.`,
    too_big: (name: string) => `${name} is too large. Choose a smaller image.`,
    unreadable: (name: string) => `Couldn’t open ${name}. The file may be damaged; try another copy.`,
    too_many: () => `You can attach up to ${IMAGES_PER_TURN} images per message. The rest were left out.`,
  },
  sendsAfterUpload: 'This will be sent when the images are uploaded.',
  uploadFailed: (name: string, why: string) =>
    `${name} wasn’t uploaded. ${why} Upload it again or remove it, then send.`,
  modelCannotSee: (model: string, hasAlternative: boolean) =>
    hasAlternative
      ? `${model} can’t see images.`
      : `${model} can’t see images, and no other model here can. Remove the images to send only the text.`,
  switchTo: (model: string) => `Use ${model}`,
  pasteSummary: (lines: number, characters: number) =>
    lines > 1
      ? `Pasted text · ${count('en', lines)} lines`
      : `Pasted text · ${count('en', characters)} characters`,
  openPaste: (index: number) => `Open pasted text ${index}`,
  removePaste: (index: number) => `Remove pasted text ${index}`,
  pasteTitle: 'Pasted text',
  pasteHint: 'Sent with your message as a separate block.',
  done: 'Done',
};

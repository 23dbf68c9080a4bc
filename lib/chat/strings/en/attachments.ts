import { count } from '../format';

/** What the composer holds beside the text, and the images of a conversation. */
export const attachments = {
  add: 'Add images',
  dropTitle: 'Drop the images here',
  dropHint: 'They become part of your message.',
  listLabel: 'Attached to this message',
  imageLabel: (index: number, total: number) =>
    total === 1 ? 'Attached image' : `Image ${index} of ${total}`,
  removeImage: (index: number) => `Remove image ${index}`,
  uploadProgress: (name: string, percent: number) => `Uploading ${name}, ${percent} %`,
  cancelUpload: (name: string) => `Do not send ${name}`,
  retryUpload: (name: string) => `Upload ${name} again`,
  dismiss: 'Dismiss',
  rejected: {
    type: (name: string) => `${name} is no image that can be sent. Use PNG, JPEG, WebP or GIF.`,
    too_big: (name: string) => `${name} is too large to be sent. Choose a smaller image.`,
    unreadable: (name: string) => `${name} cannot be read as an image. It may be damaged; try another copy.`,
    too_many: (most: number) => `A message takes ${most} images. The others were left out.`,
  },
  sendsAfterUpload: 'Goes out when the images have arrived.',
  uploadFailed: (name: string, why: string) =>
    `${name} was not uploaded. ${why} Upload it again or remove it, then send.`,
  modelCannotSee: (model: string) => `${model} cannot see images.`,
  switchTo: (model: string) => `Use ${model}`,
  noVisionModel: 'No model here can. Remove the images to send the text alone.',
  pasteSummary: (lines: number, characters: number) =>
    lines > 1
      ? `Pasted text · ${count('en', lines)} lines`
      : `Pasted text · ${count('en', characters)} characters`,
  openPaste: (index: number) => `Open pasted text ${index}`,
  removePaste: (index: number) => `Remove pasted text ${index}`,
  pasteTitle: 'Pasted text',
  pasteHint: 'It goes along with your message, in a block of its own.',
  done: 'Done',
};

export const imageViewer = {
  title: 'Images of this message',
  close: 'Close',
  previous: 'Previous image',
  next: 'Next image',
  fullSize: 'Show in full size',
  fit: 'Fit to the screen',
  openInTab: 'Open in a new tab',
};

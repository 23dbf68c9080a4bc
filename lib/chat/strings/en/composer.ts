import { count } from '../format';

/** What the composer holds beside the text, and the images of a conversation. */
export const composing = {
  attach: 'Add images',
  drop: 'Drop the images here',
  dropped: 'They become part of your message.',
  attached: 'Attached to this message',
  image: (index: number, total: number) => (total === 1 ? 'Attached image' : `Image ${index} of ${total}`),
  removeImage: (index: number) => `Remove image ${index}`,
  uploading: (name: string, percent: number) => `Uploading ${name}, ${percent} %`,
  cancelUpload: (name: string) => `Do not send ${name}`,
  retryUpload: (name: string) => `Upload ${name} again`,
  dismiss: 'Dismiss',
  refused: {
    type: (name: string) => `${name} is no image that can be sent. Use PNG, JPEG, WebP or GIF.`,
    too_big: (name: string) => `${name} is too large to be sent. Choose a smaller image.`,
    unreadable: (name: string) => `${name} cannot be read as an image. It may be damaged; try another copy.`,
    too_many: (most: number) => `A message takes ${most} images. The others were left out.`,
  },
  due: 'Goes out when the images have arrived.',
  incomplete: (name: string, why: string) =>
    `${name} was not uploaded. ${why} Upload it again or remove it, then send.`,
  blind: (model: string) => `${model} cannot see images.`,
  switchTo: (model: string) => `Use ${model}`,
  allBlind: 'No model here can. Remove the images to send the text alone.',
  pasted: (lines: number, characters: number) =>
    lines > 1
      ? `Pasted text · ${count('en', lines)} lines`
      : `Pasted text · ${count('en', characters)} characters`,
  openPaste: (index: number) => `Open pasted text ${index}`,
  removePaste: (index: number) => `Remove pasted text ${index}`,
  pasteTitle: 'Pasted text',
  pasteHint: 'It goes along with your message, in a block of its own.',
  done: 'Done',
  editing: 'Editing an earlier message',
  cancelEdit: 'Cancel',
  queue: 'Send after this reply',
  queued: 'Goes out when this reply has ended.',
  gauge: (tokens: number, budget: number) =>
    `About ${count('en', tokens)} of the ${count('en', budget)} tokens that the model takes.`,
  gaugeFull: 'The oldest messages are no longer sent along.',
  percent: (share: number) => `${share} %`,
  viewer: {
    title: 'Images of this message',
    close: 'Close',
    previous: 'Previous image',
    next: 'Next image',
    zoom: 'Show in full size',
    fit: 'Fit to the screen',
    open: 'Open in a new tab',
  },
};

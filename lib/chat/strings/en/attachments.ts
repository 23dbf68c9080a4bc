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
  sendsAfterUpload: 'This will be sent when the images are uploaded.',
  pasteSummary: (lines: number, characters: number) =>
    lines > 1
      ? `Pasted text · ${count('en', lines)} lines`
      : `Pasted text · ${count('en', characters)} characters`,
  openPaste: (index: number) => `Open pasted text ${index}`,
  removePaste: (index: number) => `Remove pasted text ${index}`,
};

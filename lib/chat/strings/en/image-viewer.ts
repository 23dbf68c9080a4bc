export const imageViewer = {
  title: 'Images in this message',
  close: 'Close',
  previous: 'Previous image',
  next: 'Next image',
  fullSize: 'View full size',
  fit: 'Fit to screen',
  openInTab: 'Open in a new tab',
};

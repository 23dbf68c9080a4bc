import { find } from './find';
import { imageViewer } from './image-viewer';
import { pasteEditor } from './paste-editor';
import { palette, shortcuts } from './shortcuts';

export const overlays = { find, shortcuts, palette, imageViewer, pasteEditor };

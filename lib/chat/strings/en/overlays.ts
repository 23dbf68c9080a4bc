import { find } from './find';
import { imageViewer } from './image-viewer';
import { pasteEditor } from './paste-editor';
import { palette, shortcuts } from './shortcuts';

/** The English strings of what opens over the conversation. Their type is the type of every language. */
export const overlays = { find, shortcuts, palette, imageViewer, pasteEditor };

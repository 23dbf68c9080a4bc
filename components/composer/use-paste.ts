import type { ClipboardEvent } from 'react';
import { isLargePaste } from '@/lib/chat/paste';
import { addPaste, attachImages } from '@/lib/client/actions';

/**
 * Pasted images are attached and long text becomes a block; all else is left to the browser. Where there is text as
 * well (a cell of a spreadsheet brings its picture along), it is the text that is meant.
 */
export function usePaste(assistantId: string): (event: ClipboardEvent) => void {
  return (event) => {
    const { clipboardData } = event;
    const text = clipboardData.getData('text/plain').replaceAll('\r\n', '\n');
    const files = [...clipboardData.files];
    if (text === '' && files.length > 0) attachImages(assistantId, files);
    else if (isLargePaste(text)) addPaste(assistantId, text);
    else return;
    event.preventDefault();
  };
}

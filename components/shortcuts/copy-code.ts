import type { Language } from '@/lib/chat/language';
import { stringsFor } from '@/lib/chat/strings';
import { overlayStrings } from '@/lib/chat/strings/overlays';
import { copyText } from '../ui/copy-text';
import { lastCodeBlock } from './last-code-block';

/** Copies the last code block of the replies and returns what to tell the reader. */
export async function copyCode(replies: readonly string[], language: Language): Promise<string> {
  const code = lastCodeBlock(replies);
  if (code === null) return overlayStrings(language).shortcuts.noCode;
  return stringsFor(language).copyButton[(await copyText(code)) ? 'copied' : 'copyFailed'];
}

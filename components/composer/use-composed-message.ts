import { isTooLong } from '@/lib/chat/content';
import { joinContent } from '@/lib/chat/paste';
import type { ImageRef } from '@/lib/chat/turn';
import {
  useAttachments,
  useChosenModel,
  useDraft,
  useModels,
  usePending,
  useUploads,
} from '@/lib/client/hooks';
import { sameImages } from '@/lib/client/state/draft';
import type { Upload } from '@/lib/client/state/upload-store';

/** What keeps the images from going: one is on its way, one did not arrive, or the model cannot see. */
export type ImageTrouble = 'wait' | 'incomplete' | 'blind';

export interface Message {
  /** What stands in the field. */
  text: string;
  /** What would be sent: the text, and the blocks pasted beside it. */
  content: string;
  images: readonly ImageRef[];
  /** Nothing is written, pasted or attached. */
  isEmpty: boolean;
  isTooLong: boolean;
  /** These very words are on their way. Others may follow them: they wait their turn. */
  isSending: boolean;
  imageTrouble: ImageTrouble | null;
  mayGo: boolean;
  /** It may go as soon as its images have arrived. */
  mayWait: boolean;
  /** It was sent, and goes out as soon as its images have arrived. */
  isQueued: boolean;
}

/** The message as it stands in an assistant's composer, and whether it may go. */
export function useMessage(assistantId: string, sessionId: string | null): Message {
  const text = useDraft(assistantId);
  const { pastes, images } = useAttachments(assistantId);
  const pending = usePending(sessionId);
  const uploads = useUploads(assistantId);
  const imageTrouble = useImageTrouble(assistantId, images.length, uploads);

  const content = joinContent(text, pastes);
  const isBlank = content.trim() === '' && images.length === 0;
  const tooLong = isTooLong(content);
  const isSending = pending.some(
    (entry) =>
      entry.state === 'sending' && entry.content === content && sameImages(entry.images, images) && !isBlank,
  );
  const mayWait = !tooLong && imageTrouble === 'wait';
  return {
    text,
    content,
    images,
    isEmpty: content === '' && images.length === 0 && imageTrouble === null,
    isTooLong: tooLong,
    isSending,
    imageTrouble,
    mayGo: !isBlank && !tooLong && !isSending && imageTrouble === null,
    mayWait,
    isQueued: mayWait && uploads.some(({ queuedFor }) => queuedFor !== undefined),
  };
}

function useImageTrouble(
  assistantId: string,
  count: number,
  uploads: readonly Upload[],
): ImageTrouble | null {
  const { models } = useModels();
  const chosen = useChosenModel(assistantId);
  const model = models.find(({ id }) => id === chosen);
  if (uploads.some(({ state }) => state === 'failed')) return 'incomplete';
  const areComing = uploads.some(({ state }) => state === 'waiting' || state === 'uploading');
  if (model && !model.vision && (count > 0 || areComing)) return 'blind';
  return areComing ? 'wait' : null;
}

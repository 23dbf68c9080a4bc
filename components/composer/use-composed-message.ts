import { isTooLong } from '@/lib/chat/text/content';
import { joinContent } from '@/lib/chat/text/paste';
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

/** Why the images cannot be sent yet: one is being uploaded, one failed to upload, or the model takes no images. */
export type ImageProblem = 'uploading' | 'failed' | 'no_vision';

export interface ComposedMessage {
  /** The text in the field. */
  text: string;
  /** What would be sent: the text and the pasted blocks. */
  content: string;
  images: readonly ImageRef[];
  /** Something is pasted or attached, if only a file that was refused. */
  hasAttachments: boolean;
  /** Nothing is typed, pasted or attached. */
  isEmpty: boolean;
  isTooLong: boolean;
  /** This message is being sent. A different one can already be sent after it. */
  isSending: boolean;
  imageProblem: ImageProblem | null;
  canSend: boolean;
  /** Only unfinished uploads keep it from being sent, so it can be queued until they have finished. */
  canQueue: boolean;
  /** It is sent once its uploads have finished. */
  isQueued: boolean;
}

/** The message in an assistant's composer, and whether it can be sent. */
export function useComposedMessage(assistantId: string, sessionId: string | null): ComposedMessage {
  const text = useDraft(assistantId);
  const { pastes, images } = useAttachments(assistantId);
  const pending = usePending(sessionId);
  const uploads = useUploads(assistantId);
  const { models } = useModels();
  const chosen = useChosenModel(assistantId);
  const hasVision = models.find(({ id }) => id === chosen)?.vision ?? true;

  const imageProblem = imageProblemOf(uploads, images.length, hasVision);
  const content = joinContent(text, pastes);
  const isBlank = content.trim() === '' && images.length === 0;
  const isOverLimit = isTooLong(content);
  const isSending = pending.some(
    (entry) =>
      entry.state === 'sending' && entry.content === content && sameImages(entry.images, images) && !isBlank,
  );
  const canQueue = !isOverLimit && imageProblem === 'uploading';
  return {
    text,
    content,
    images,
    hasAttachments: pastes.length + images.length + uploads.length > 0,
    isEmpty: content === '' && images.length === 0 && imageProblem === null,
    isTooLong: isOverLimit,
    isSending,
    imageProblem,
    canSend: !isBlank && !isOverLimit && !isSending && imageProblem === null,
    canQueue,
    isQueued: canQueue && uploads.some(({ queuedFor }) => queuedFor !== undefined),
  };
}

function imageProblemOf(
  uploads: readonly Upload[],
  attached: number,
  hasVision: boolean,
): ImageProblem | null {
  if (uploads.some(({ state }) => state === 'failed')) return 'failed';
  const isUploading = uploads.some(({ state }) => state === 'waiting' || state === 'uploading');
  if (!hasVision && (attached > 0 || isUploading)) return 'no_vision';
  return isUploading ? 'uploading' : null;
}

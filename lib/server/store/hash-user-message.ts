import { createHash } from 'node:crypto';
import type { Turn } from '@/lib/chat/turn';

/** The same for two user messages that have the same text and the same images, in 22 characters. */
export const hashUserMessage = ({ content, images }: Turn['user']): string =>
  createHash('sha256')
    .update(JSON.stringify([content, images.map(({ id }) => id)]))
    .digest('base64url')
    .slice(0, 22);

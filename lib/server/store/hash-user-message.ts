import { createHash } from 'node:crypto';
import type { Turn } from '@/lib/chat/turn';

/** 22 characters that are the same for two user messages exactly if they have the same text and the same images. */
export const hashUserMessage = ({ content, images }: Turn['user']): string =>
  createHash('sha256')
    .update(JSON.stringify([content, images.map(({ id }) => id)]))
    .digest('base64url')
    .slice(0, 22);

import { withBasePath } from '@/lib/chat/base-path';

/** The address of an uploaded image. */
export const imageUrl = (id: string): string => withBasePath(`/api/images/${encodeURIComponent(id)}`);

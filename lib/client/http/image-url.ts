import { BASE_PATH } from '@/lib/chat/base-path';

/** The address of an uploaded image. */
export const imageUrl = (id: string): string => `${BASE_PATH}/api/images/${encodeURIComponent(id)}`;

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RefusalReason } from '../browser/images/image-refusal';
import type { ClientErrorInfo } from '../http/client-error';

/** An image on its way to the server. In memory only: what is not there yet is gone with the page. */
export interface Upload {
  id: string;
  /** The draft that it belongs to, by `draftKey`. */
  draft: string;
  name: string;
  /** `waiting` for those before it, then `uploading`. `failed` can be tried again, `refused` cannot. */
  state: 'waiting' | 'uploading' | 'failed' | 'refused';
  /** How much of it has arrived, 0 to 1. */
  progress: number;
  /** A `blob:` address of what is uploaded, once that is known. */
  preview: string | null;
  error?: ClientErrorInfo;
  reason?: RefusalReason;
  /** The assistant whose draft is sent once the last upload into it has finished. */
  queuedFor?: string;
}

export interface Uploads {
  uploads: readonly Upload[];
  /** `blob:` addresses of what was uploaded from this page, by image id: nobody downloads what they have just sent. */
  previews: Readonly<Record<string, string>>;
}

export type UploadStore = StoreApi<Uploads>;

export const createUploadStore = (): UploadStore =>
  createStore<Uploads>(() => ({ uploads: [], previews: {} }));

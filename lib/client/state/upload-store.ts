import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RefusalReason } from '../browser/images/image-refusal';
import type { ClientErrorInfo } from '../http/client-error';

/** An image that is not uploaded yet. In memory only, so a reload drops it. */
export interface Upload {
  id: string;
  /** The `draftKey` of the draft it was chosen for. */
  draft: string;
  name: string;
  /** `waiting`: behind other uploads. `failed` can be tried again, `refused` cannot. */
  state: 'waiting' | 'uploading' | 'failed' | 'refused';
  /** The share that has been sent, 0 to 1. */
  progress: number;
  /** A `blob:` address of the image, once it is prepared. */
  preview: string | null;
  error?: ClientErrorInfo;
  reason?: RefusalReason;
  /** The assistant whose draft is sent once the last upload into it has finished. */
  queuedFor?: string;
}

export interface Uploads {
  uploads: readonly Upload[];
  /**
   * `blob:` addresses of images uploaded from this page, by image id, so that they are not downloaded again.
   */
  previews: Readonly<Record<string, string>>;
}

export type UploadStore = StoreApi<Uploads>;

export const createUploadStore = (): UploadStore =>
  createStore<Uploads>(() => ({ uploads: [], previews: {} }));

import type { BrowserTabs } from '../browser/browser-tabs';
import type { Locks } from '../browser/locks';
import type { PageState } from '../browser/page-state';
import type { Scheduler } from '../browser/scheduler';
import type { Api } from '../http/api';
import type { CatalogStore } from './catalog-store';
import type { ConversationStore } from './conversation-store';
import type { PreferencesStore } from './preferences-store';
import type { SessionStore } from './session-store';
import type { UploadStore } from './upload-store';

/** The stores of the client, and its access to the browser and the server. A test makes its own. */
export interface ClientContext {
  readonly api: Api;
  readonly scheduler: Scheduler;
  readonly page: PageState;
  readonly locks: Locks;
  readonly browserTabs: BrowserTabs;
  readonly preferences: PreferencesStore;
  readonly conversations: ConversationStore;
  readonly sessions: SessionStore;
  readonly catalog: CatalogStore;
  readonly uploads: UploadStore;
  /** Scales an image and removes its metadata before the upload; `browser/images/prepare-image.ts`. */
  readonly prepareImage: (file: Blob) => Promise<Blob>;
  /** A UUIDv7: ids sort by their time. */
  readonly newId: () => string;
  readonly writeCookie: (name: string, value: string) => void;
}

/** The session that an assistant shows; undefined until it is resolved. */
export const sessionOf = ({ preferences }: ClientContext, assistantId: string): string | undefined =>
  preferences.getState().sessionIds[assistantId];

/** The session on screen. Derived from the preferences, so that the two cannot disagree. */
export function shownSession(context: ClientContext): string | undefined {
  const { activeAssistantId } = context.preferences.getState();
  return activeAssistantId === null ? undefined : sessionOf(context, activeAssistantId);
}

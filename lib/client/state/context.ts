import type { TabChannel } from '../browser/browser-tabs';
import type { Locks } from '../browser/locks';
import type { PageState } from '../browser/page-state';
import type { Scheduler } from '../browser/scheduler';
import type { Api } from '../http/api';
import type { CatalogStore } from './catalog-store';
import type { ConversationStore } from './conversation-store';
import type { PreferencesStore } from './preferences-store';
import type { SessionStore } from './session-store';
import type { UploadStore } from './upload-store';

/** What every part of the client works with. One for the page; a test makes its own. */
export interface ClientContext {
  readonly api: Api;
  readonly scheduler: Scheduler;
  readonly page: PageState;
  readonly locks: Locks;
  readonly tabs: TabChannel;
  readonly preferences: PreferencesStore;
  readonly conversations: ConversationStore;
  readonly sessions: SessionStore;
  readonly catalog: CatalogStore;
  readonly uploads: UploadStore;
  /** Makes an image fit to be sent; `images/prepare-image.ts`. */
  readonly prepareImage: (file: Blob) => Promise<Blob>;
  /** A UUIDv7: a timestamp and randomness in one. */
  readonly newId: () => string;
  readonly writeCookie: (name: string, value: string) => void;
}

/** The conversation that an assistant shows; undefined while that is being found out. */
export const sessionOf = ({ preferences }: ClientContext, assistantId: string): string | undefined =>
  preferences.getState().sessionIds[assistantId];

/** The conversation on screen. Derived, so that it cannot disagree with what the page shows. */
export function shownSession(context: ClientContext): string | undefined {
  const { activeAssistantId } = context.preferences.getState();
  return activeAssistantId === null ? undefined : sessionOf(context, activeAssistantId);
}

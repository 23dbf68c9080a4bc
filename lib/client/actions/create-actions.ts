import type { ClientContext } from '../state/context';
import type { AssistantSessions } from '../sync/assistant-sessions';
import type { LiveConnection } from '../sync/live-connection';
import type { CatalogLoader } from '../sync/load-catalog';
import type { HistoryLoader } from '../sync/load-history';
import type { Outbox } from '../sync/outbox';
import type { OutboxSender } from '../sync/outbox-sender';
import { createDraftActions } from './draft-actions';
import { createImageActions } from './image-actions';
import { createListActions } from './list-actions';
import { createOpenActions } from './open-actions';
import { createPreferenceActions } from './preference-actions';
import { createSendActions } from './send-actions';
import { createSessionActions } from './session-actions';
import { createWithdrawActions } from './withdraw-actions';

export interface Sync {
  outbox: Outbox;
  history: HistoryLoader;
  live: LiveConnection;
  sender: OutboxSender;
  assistantSessions: AssistantSessions;
  catalogLoader: CatalogLoader;
}

export type Actions = ReturnType<typeof createActions>;

/**
 * All that a person can do. A failed call does not reject: the stores or an `ActionResult` have its error.
 */
export const createActions = (context: ClientContext, sync: Sync) => {
  const sending = createSendActions(context, sync);
  const sessions = createSessionActions(context, sync);
  return {
    ...createOpenActions(context, sync),
    ...createListActions(context),
    ...sending,
    ...createWithdrawActions(context, sync.outbox, sessions.removeTurn),
    ...sessions,
    ...createPreferenceActions(context),
    ...createDraftActions(context, sync.outbox),
    ...createImageActions(context, sending.send),
    ...sync.catalogLoader,
  };
};

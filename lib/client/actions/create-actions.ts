import type { ClientContext } from '../state/context';
import type { LiveConnection } from '../sync/live-connection';
import type { HistoryLoader } from '../sync/load-history';
import type { Outbox } from '../sync/outbox';
import type { OutboxPump } from '../sync/outbox-pump';
import type { Actions } from './actions';
import { createCatalogActions } from './catalog-actions';
import { createDraftActions } from './draft-actions';
import { createImageActions } from './image-actions';
import { createJumpActions } from './jump-actions';
import { createListActions } from './list-actions';
import { createOpenActions } from './open-actions';
import { createPreferenceActions } from './preference-actions';
import { createSendActions } from './send-actions';
import { createSessionActions } from './session-actions';

export function createActions(
  context: ClientContext,
  {
    live,
    history,
    outbox,
    pump,
  }: { live: LiveConnection; history: HistoryLoader; outbox: Outbox; pump: OutboxPump },
): Actions {
  const { sessionFor, makeSession, ...open } = createOpenActions(context, live, history);
  const lists = createListActions(context);
  return {
    ...open,
    ...lists,
    ...createJumpActions(context, open),
    ...createSendActions(context, outbox, pump, { sessionFor, makeSession }),
    ...createSessionActions(context, history, outbox, { ...open, ...lists }),
    ...createCatalogActions(context),
    ...createPreferenceActions(context),
    ...createDraftActions(context, outbox),
    ...createImageActions(context),
  };
}

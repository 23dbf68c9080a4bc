import type { ClientContext } from '../context';
import type { LiveConnection } from '../live-connection';
import type { HistoryLoader } from '../load-history';
import type { Outbox } from '../outbox';
import type { OutboxPump } from '../outbox-pump';
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

import type { Session } from '@/lib/chat/session';
import type { Services } from '@/lib/server/services';
import type { SessionsPage } from '@/lib/server/store/store';
import { settleIfDead } from '@/lib/server/turns/settle';
import { shownSession } from './shown-session';

/** A page of an owner's sessions. Live turns whose producer died are settled, so that no session seems to reply for ever. */
export async function listSessions(
  services: Services,
  query: { owner: string; assistantId?: string; limit: number; before?: string },
): Promise<SessionsPage> {
  const page = await services.store.sessions({ ...query, now: Date.now() });
  const sessions = await Promise.all(
    page.sessions.map((session) => settledSession(services, query.owner, session)),
  );
  return { ...page, sessions: sessions.map(shownSession) };
}

async function settledSession(services: Services, owner: string, session: Session): Promise<Session> {
  if (!session.activeTurnId) return session;
  const ref = { owner, sessionId: session.id, turnId: session.activeTurnId };
  if (services.runs.find(ref)) return session;
  const now = Date.now();
  const stored = await services.store.turn({ ...ref, now });
  const settled = stored && (await settleIfDead(services, ref, stored, now));
  if (!settled || settled.lease) return session;
  return {
    ...session,
    activeTurnId: null,
    headStatus: settled.turn.status,
    updatedAt: settled.turn.updatedAt,
  };
}

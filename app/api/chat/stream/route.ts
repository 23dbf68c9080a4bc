import { after } from 'next/server';
import { negotiateLanguage } from '@/lib/chat/language';
import type { TurnAnswer } from '@/lib/chat/wire';
import { claimOf, isSignedIn } from '@/lib/server/guests/check-device';
import { addressOf } from '@/lib/server/http/client-address';
import { mustBeGuest, ownerOf, readJson, readQuery } from '@/lib/server/http/read-request';
import { parseSend, queries } from '@/lib/server/http/request-schemas';
import { eventStream, handle, json, otherMethods } from '@/lib/server/http/respond';
import { identify } from '@/lib/server/identity/identify';
import { tracing } from '@/lib/server/tracing/tracing';
import { beginTurn } from '@/lib/server/turns/begin-turn';
import { followRun, followTurn } from '@/lib/server/turns/follow-turn';
import { stopTurn } from '@/lib/server/turns/stop-turn';

export const dynamic = 'force-dynamic';
/**
 * On Vercel a function is ended after this many seconds, whatever it is doing. A reply ends 10 s before that, as
 * `interrupted` (MAX_REPLY_SECONDS in `lib/server/env.ts`).
 */
export const maxDuration = 300;

/** Begins a turn and streams it. The run continues if the client disconnects. */
export const POST = (request: Request): Promise<Response> => {
  const receivedAt = Date.now();
  return handle(request, { body: 'json' }, async (services) => {
    const send = parseSend(await readJson(request));
    const { guest, setCookie } = await identify(request, services, Date.now());
    const language = negotiateLanguage(request.headers.get('accept-language'));
    const { run, ref } = await beginTurn(services, guest.owner, send, language, {
      device: claimOf(guest),
      address: addressOf(request, services.settings),
      receivedAt,
    });
    const mayRead = () => isSignedIn(services, guest, request);
    if (!run) return eventStream(await followTurn(services, ref, mayRead), setCookie);
    after(async () => {
      await run.ended;
      await tracing()?.turnEnded();
    });
    return eventStream(followRun(run, mayRead), setCookie);
  });
};

/** Follows a turn that has begun. */
export const GET = (request: Request): Promise<Response> =>
  handle(request, {}, async (services) => {
    const query = readQuery(request, queries.turn);
    const guest = await mustBeGuest(request, services);
    const mayRead = () => isSignedIn(services, guest, request);
    return eventStream(await followTurn(services, { owner: guest.owner, ...query }, mayRead));
  });

/** Stops a turn and keeps its text. */
export const DELETE = (request: Request): Promise<Response> =>
  handle(request, {}, async (services) => {
    const query = readQuery(request, queries.turn);
    const owner = await ownerOf(request, services);
    return json<TurnAnswer>({ turn: await stopTurn(services, { owner, ...query }) });
  });

export const { PUT, PATCH, OPTIONS } = otherMethods('POST', 'GET', 'DELETE');

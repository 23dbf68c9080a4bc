import { aNewPng } from '@/lib/server/images/testing/sample-images';
import { must } from '../../support/run-checks';
import { BODY_BYTES } from '../runtime/vercel-site';
import { eventually, type VercelCheck } from '../vercel-check';
import { Visitor } from '../visitor';

const MB = 1024 * 1024;

interface Health {
  status: string;
  store: { ok: boolean; durable: boolean; driver?: string };
}

const PAGE_HEADERS = {
  'content-security-policy': /nonce-/,
  'strict-transport-security': /max-age=\d{7,}/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^same-origin$/,
};

/** A deployment with Upstash by the variables of the marketplace, used as people use it. */
export const visits: VercelCheck[] = [
  {
    name: 'store',
    promise: 'the store that the marketplace connected under a prefix is used, and it is durable',
    run: async (lab) => {
      const guest = await lab.guest(await lab.site());
      const { status, store } = await guest.json<Health>('/api/health');
      const seen = JSON.stringify({ status, store });
      must(status === 'ok' && store.ok && store.durable && store.driver === 'upstash', seen);
      return seen;
    },
  },
  {
    name: 'headers',
    promise: 'the page, the API, a file and an unknown address have their security headers over https',
    run: async (lab) => {
      const guest = await lab.guest(await lab.site());
      const page = await guest.openPage();
      const script = /\/_next\/static\/[^"']+\.js/.exec(page.body.toString())?.[0];
      must(script !== undefined, 'the page names no script');
      const seen: string[] = [];
      for (const path of ['/', '/api/health', '/api/models', script, '/no-such-page', '/api/no-such-route']) {
        const { status, headers } = await guest.ask(path);
        const isPage = path === '/' || path === '/no-such-page';
        for (const [name, pattern] of Object.entries(PAGE_HEADERS)) {
          // The policy with a nonce is that of documents, and files have no use for one.
          if (name === 'content-security-policy' && !isPage) continue;
          const value = String(headers[name] ?? 'missing');
          must(pattern.test(value), `${path} (${status}): ${name} is ${value}`);
        }
        seen.push(`${path === script ? 'a script' : path} ${status}`);
      }
      return seen.join(', ');
    },
  },
  {
    name: 'cookie',
    promise: 'the guest cookie is Secure, HttpOnly and SameSite=Lax, and the next request is the same guest',
    run: async (lab) => {
      const guest = new Visitor((await lab.site()).url, lab.certificates.ca);
      const [line = 'none'] = (await guest.openPage()).headers['set-cookie'] ?? [];
      const flags = line.replace(/=[^;]*/, '=…');
      for (const flag of [/; Secure/i, /; HttpOnly/i, /; SameSite=Lax/i, /; Path=\//i])
        must(flag.test(line), flags);
      await (await guest.send('who am I')).ended;
      const { total } = await guest.json<{ total: number }>('/api/chat/sessions');
      const names = guest.cookieNames.join(', ');
      must(total === 1 && guest.cookieNames.length === 1, `${total} sessions, cookies: ${names}`);
      return flags;
    },
  },
  {
    name: 'body-limit',
    promise:
      'an image just below 4.5 MB is kept; one above it is refused as too large, which the page has words for',
    run: async (lab) => {
      const guest = await lab.guest(await lab.site());
      const post = (body: Buffer) =>
        guest.ask('/api/images', { method: 'POST', body, headers: { 'content-type': 'image/png' } });
      // Incompressible: three bytes a pixel.
      const below = aNewPng({ width: 1_240, height: 1_240, noise: true });
      const above = aNewPng({ width: 1_280, height: 1_280, noise: true });
      must(
        below.length > 4.2 * MB && below.length < BODY_BYTES && above.length > BODY_BYTES,
        `the images have ${below.length} and ${above.length} bytes`,
      );
      const [kept, refused] = [await post(below), await post(above)];
      const seen = `${(below.length / MB).toFixed(2)} MB: ${kept.status}; ${(above.length / MB).toFixed(2)} MB: ${refused.status}`;
      must(kept.status === 201 && refused.status === 413, `${seen} ${kept.body.toString().slice(0, 200)}`);
      return seen;
    },
  },
  {
    name: 'images',
    promise:
      'an image that one function stored is sent with a message by another, and its bytes are the same',
    run: async (lab) => {
      const site = await lab.site({ environment: { ...lab.store, OPENAI_MODELS: 'gpt-4o' } });
      const guest = await lab.guest(site);
      const { id } = await guest.json<{ id: string }>('/api/images', {
        method: 'POST',
        body: aNewPng({ width: 40, height: 30 }),
        headers: { 'content-type': 'image/png' },
      });
      const reply = await guest.send('look at this', { images: [id] });
      const how = await reply.ended;
      must(how === 'end' && reply.turn.status === 'done', `${how}, ${JSON.stringify(reply.events.at(-1))}`);
      const { status, headers } = await guest.ask(`/api/images/${id}`);
      must(status === 200 && headers['content-type'] === 'image/png', `${status} ${headers['content-type']}`);
      const [turn] = (await guest.history(reply.body.sessionId)).turns;
      must(turn?.user.images[0]?.id === id, JSON.stringify(turn?.user.images));
      const stranger = await (await lab.guest(site)).ask(`/api/images/${id}`);
      must(stranger.status === 404, `a stranger got ${stranger.status}`);
      return `stored, sent, read back as ${headers['content-type']}; 404 for a stranger`;
    },
  },
  {
    name: 'follow-and-stop',
    promise: 'a reply is followed and stopped through another process than the one that produces it',
    run: async (lab) => {
      const site = await lab.site();
      const guest = await lab.guest(site);
      const reply = await guest.send('[[hold]] stop me');
      await lab.release('stop me', 2);
      await reply.hasText('part2');
      const followed = await guest.follow(reply);
      await followed.hasText('part2');
      const stopped = await guest.stop(reply);
      const ends = await Promise.all([reply.ended, followed.ended]);
      const streams = site.served
        .filter(({ path }) => path === '/api/chat/stream')
        .map(({ instance }) => instance);
      const saved = await guest.turn(reply.body.sessionId);
      const seen =
        `${new Set(streams).size} processes of one function; the streams: ${ends.join(', ')}; ` +
        `stopped: ${stopped.status}, stored: ${saved.status}, “${saved.reply.content.trim()}”`;
      must(new Set(streams).size === 2, seen);
      must(ends.every((end) => end === 'end') && reply.turn.status === 'stopped', seen);
      must(saved.status === 'stopped' && saved.reply.content.includes('part1 part2'), seen);
      return seen;
    },
  },
  {
    name: 'history-after',
    promise: 'a reply goes on without its reader, and the history is whole when every process has been ended',
    run: async (lab) => {
      const site = await lab.site();
      const guest = await lab.guest(site);
      const reply = await guest.send('[[hold]] left alone');
      await lab.release('left alone', 1);
      await reply.hasText('part1');
      reply.leave();
      await reply.ended;
      await lab.release('left alone');
      const { sessionId } = reply.body;
      // Each read wakes one function; the one that produces the reply must not be asleep.
      await eventually(
        () => guest.turn(sessionId),
        ({ status }) => status === 'done',
        { withinMs: 15_000 },
      );
      await site.endInstances();
      const turn = await guest.turn(sessionId);
      const seen = `${turn.status}, “${turn.reply.content.trim()}” from new processes; frozen ${site.freezeCount} times`;
      must(turn.status === 'done' && /part1 .*part5/.test(turn.reply.content) && site.freezeCount > 0, seen);
      return seen;
    },
  },
];

import { createHmac } from 'node:crypto';
import { newGuest, signGuest } from '@/lib/server/identity/guest-cookie';
import type { AppServer } from '../../support/servers/app-server';
import { type Attack, every, finding } from '../attack';
import type { AttackLab } from '../attack-lab';
import { ask } from '../http-client';
import type { Visitor } from '../visitor';

const SECRET = 'attack-secret-of-the-server-0001';
const OLDER_SECRET = 'attack-secret-of-last-year-0002';
const DAY_MS = 86_400_000;

/** Cookies that are forged, old, or set by a sibling host. */
export const identity: Attack[] = [
  {
    row: '7',
    attempt: 'A sibling subdomain tosses a second cookie of the same name',
    expected: 'none of the two is believed, in either order',
    control: 'either cookie alone opens its own history',
    run: tossCookies,
  },
  {
    row: '7',
    attempt: 'On https, a tossed cookie without the __Host- name',
    expected: 'the cookie is named __Host-…, Secure, Path=/ and has no Domain; it wins over the tossed one',
    control: 'on http the name has no __Host-',
    run: tossOnHttps,
  },
  {
    row: '11',
    attempt: 'Cookies that were issued 401 days ago, or tomorrow',
    expected: 'neither is believed',
    control: 'the same guest, issued today, is believed',
    run: oldCookies,
  },
  {
    row: '11',
    attempt: 'The secret is rotated: AUTH_SECRET=new,old',
    expected: 'cookies of both are believed, the new one signs',
    control: 'a cookie of a third secret is a stranger',
    run: rotateSecret,
  },
  {
    row: 'held',
    attempt: 'Forged cookies: a changed owner, no signature, another secret, an old form',
    expected: 'all are strangers: an empty history',
    control: 'the same cookie with a right signature opens the history',
    run: forgeCookies,
  },
  {
    row: 'held',
    attempt: 'Ids of another guest: history, stream, stop, rename, delete, restore, image',
    expected: 'answered word for word like ids that do not exist',
    control: 'their owner gets other answers',
    run: foreignIds,
  },
];

const app = (lab: AttackLab) => lab.app({ AUTH_SECRET: `${SECRET},${OLDER_SECRET}` });

async function withHistory(lab: AttackLab, server: AppServer) {
  const visitor = await lab.visitor(server);
  const { sessionId, status } = await visitor.send('tossed');
  if (status !== 200) throw new Error(`A visitor could not send: ${status}`);
  const [name = '', value = ''] = [...visitor.cookies][0] ?? [];
  return { visitor, sessionId, name, value };
}

/** The number of turns of a session that are shown with this cookie header. */
async function turnsWith(
  visitor: Visitor,
  sessionId: string,
  cookie: string,
  headers: Record<string, string> = {},
) {
  const { status, body } = await ask(`${visitor.url}/api/chat/history?sessionId=${sessionId}`, {
    headers: { cookie, ...headers },
  });
  if (status === 401 || status === 404) return 0;
  return (JSON.parse(body.toString('utf8')).turns ?? []).length as number;
}

async function tossCookies(lab: AttackLab) {
  const server = await app(lab);
  const [victim, attacker] = [await withHistory(lab, server), await withHistory(lab, server)];
  const both = [victim, attacker].map(({ name, value }) => `${name}=${value}`);
  const read = (cookie: string) =>
    Promise.all([victim, attacker].map((one) => turnsWith(one.visitor, one.sessionId, cookie)));
  const tossed = [await read(both.join('; ')), await read(both.toReversed().join('; '))].flat();
  const alone = [...(await read(both[0] ?? '')), ...(await read(both[1] ?? ''))];
  return {
    attempt: finding(tossed.join() === '0,0,0,0', `turns seen: ${tossed}`),
    control: finding(alone.join() === '1,0,0,1', `turns seen: ${alone}`),
  };
}

async function tossOnHttps(lab: AttackLab) {
  const server = await lab.app({ AUTH_SECRET: SECRET, TRUST_PROXY: '1' });
  const https = { 'x-forwarded-proto': 'https' };
  const secure = lab.stranger(server, https);
  const line = (await secure.visit()).headers['set-cookie']?.[0] ?? '';
  const { sessionId } = await secure.send('secure');
  const plain = await withHistory(lab, server);
  const tossed = await turnsWith(
    secure,
    sessionId,
    `confab_guest=${plain.value}; ${plain.name}=${plain.value}; ${secure.cookie}`,
    https,
  );
  return {
    attempt: every(
      [
        { of: 'name', ...finding(/^__Host-/.test(line), line.split('=')[0] ?? '') },
        {
          of: 'attributes',
          ...finding(
            /; Secure/.test(line) && /; Path=\//.test(line) && !/domain/i.test(line),
            line.replace(/=[^;]*/, '=…'),
          ),
        },
        { of: 'history', ...finding(tossed === 1, `${tossed} turns`) },
      ],
      '__Host-, Secure, own history',
    ),
    control: finding(!plain.name.startsWith('__Host-'), plain.name),
  };
}

async function oldCookies(lab: AttackLab) {
  const server = await app(lab);
  const { visitor, sessionId, name, value } = await withHistory(lab, server);
  const [owner = '', device = ''] = value.split('.');
  const at = (issuedAt: number) => `${name}=${signGuest({ owner, device, issuedAt }, SECRET)}`;
  const read = (issuedAt: number) => turnsWith(visitor, sessionId, at(issuedAt));
  const now = Date.now();
  const seen = [await read(now - 401 * DAY_MS), await read(now + DAY_MS)];
  const today = await read(now);
  return {
    attempt: finding(seen.join() === '0,0', `turns seen: ${seen}`),
    control: finding(today === 1, `turns seen: ${today}`),
  };
}

async function rotateSecret(lab: AttackLab) {
  const server = await app(lab);
  const { visitor, sessionId, name, value } = await withHistory(lab, server);
  const [owner = '', device = '', issued = ''] = value.split('.');
  const guest = { owner, device, issuedAt: Number(issued) };
  // Until the first renewal a cookie of the old secret has the name that goes with it, or that of the first release.
  const old = [name, 'confab_guest', await nameUnder(lab, OLDER_SECRET)].map(
    (each) => `${each}=${signGuest(guest, OLDER_SECRET)}`,
  );
  const read = (cookie: string) => turnsWith(visitor, sessionId, cookie);
  const believed = Math.max(...(await Promise.all(old.map(read))));
  const third = Math.max(
    ...(await Promise.all(
      [name, 'confab_guest'].map((each) => read(`${each}=${signGuest(guest, 'a-third-secret-0003')}`)),
    )),
  );
  return {
    attempt: every(
      [
        { of: 'old', ...finding(believed === 1, `${believed} turns`) },
        { of: 'new signs', ...finding(value === signGuest(guest, SECRET), 'another secret signs') },
      ],
      'both believed, the new one signs',
    ),
    control: finding(third === 0, `turns seen: ${third}`),
  };
}

/** The name that the cookie has on a server with this secret. */
async function nameUnder(lab: AttackLab, secret: string): Promise<string> {
  const visitor = await lab.visitor(await lab.app({ AUTH_SECRET: secret }));
  return [...visitor.cookies.keys()][0] ?? '';
}

async function forgeCookies(lab: AttackLab) {
  const server = await app(lab);
  const { visitor, sessionId, name, value } = await withHistory(lab, server);
  const [owner = '', device = '', issued = '', signature = ''] = value.split('.');
  const payload = `${owner}.${device}.${issued}`;
  const forged = [
    `${payload}.${'A'.repeat(43)}`,
    `${payload}.`,
    payload,
    `${owner}.${newGuest(0).device}.${issued}.${signature}`,
    `${owner}.${device}.${Number(issued) + 1}.${signature}`,
    `${payload}.${createHmac('sha256', '').update(payload).digest('base64url')}`,
    `${payload}.${createHmac('sha256', `${SECRET},${OLDER_SECRET}x`).update(payload).digest('base64url')}`,
    `${value}x`,
    `${value}%00`,
    `"${value}" ; x`,
    owner,
    '{"owner":"x"}',
  ];
  const seen = await Promise.all(
    forged.flatMap((each) =>
      [name, 'confab_guest'].map((one) => turnsWith(visitor, sessionId, `${one}=${each}`)),
    ),
  );
  const right = await turnsWith(
    visitor,
    sessionId,
    `${name}=${signGuest({ owner, device, issuedAt: Number(issued) }, SECRET)}`,
  );
  return {
    attempt: finding(Math.max(...seen) === 0, `${seen.length} forgeries, turns seen: ${Math.max(...seen)}`),
    control: finding(right === 1, `turns seen: ${right}`),
  };
}

async function foreignIds(lab: AttackLab) {
  const server = await app(lab);
  const { visitor: owner, sessionId } = await withHistory(lab, server);
  const turnId = (await owner.history(sessionId)).turns[0]?.id ?? '';
  const stranger = await lab.visitor(server);
  await stranger.send('me too');
  const unknown = '0191e0a0-0000-7000-8000-000000000000';
  const json = { 'content-type': 'application/json' };
  const probes = (session: string, turn: string) =>
    [
      { path: `/api/chat/history?sessionId=${session}` },
      { path: `/api/chat/stream?sessionId=${session}&turnId=${turn}` },
      { path: `/api/chat/stream?sessionId=${session}&turnId=${turn}`, method: 'DELETE' },
      { path: `/api/chat/sessions/${session}`, method: 'PATCH', headers: json, body: '{"title":"taken"}' },
      { path: `/api/chat/turns/${turn}/restore?sessionId=${session}`, method: 'POST' },
      { path: `/api/chat/turns/${turn}?sessionId=${session}`, method: 'DELETE' },
      { path: `/api/chat/sessions/${session}/restore`, method: 'POST' },
      { path: `/api/images/${session}` },
    ] as const;
  const answers = async (who: Visitor, session: string, turn: string) => {
    const seen: string[] = [];
    for (const { path, ...question } of probes(session, turn)) {
      const { status, body } = await who.ask(path, question);
      seen.push(`${status} ${body.toString('utf8').replaceAll(session, 'ID').replaceAll(turn, 'TURN')}`);
    }
    return seen;
  };
  const foreign = await answers(stranger, sessionId, turnId);
  const none = await answers(stranger, unknown, unknown.replace('8000', '9000'));
  const own = await answers(owner, sessionId, turnId);
  const different = foreign.filter((answer, n) => answer !== none[n]);
  return {
    attempt: finding(different.length === 0, different[0] ?? `${foreign.length} probes, no difference`),
    control: finding(own.filter((answer, n) => answer !== foreign[n]).length >= 4, 'their owner is answered'),
  };
}

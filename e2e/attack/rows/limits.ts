import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { v7 as newId } from 'uuid';
import { aNewPng } from '@/lib/server/images/testing/sample-images';
import type { AppServer } from '../../support/servers/app-server';
import { type Attack, every, type Finding, finding } from '../attack';
import { type AttackLab, UNLIMITED } from '../attack-lab';
import { statusIn } from '../http-client';
import type { Sent, Visitor } from '../visitor';

/** Every limit, set low: requests above it get 429 and `Retry-After`, and do not reach the model. */
export const limits: Attack[] = [
  {
    row: '2',
    attempt:
      'A public server with no limit set: 60 replies at once, 30 turns in a row, 60 guests of one address',
    expected:
      'at most 4 replies, 21 turns and 30 guests are answered; the others are 429, and no model is asked',
    control: 'with every limit off all of them are answered',
    run: unsetLimits,
  },
  {
    row: 'CONNECTIONS_PER_ADDRESS',
    attempt: 'CONNECTIONS_PER_ADDRESS=10: one address keeps 40 connections open',
    expected: 'at most 10 are served, the others are closed',
    control: 'the first are served (this program has one open already), and another one once they have ended',
    run: keepConnections,
  },
  limit(
    'TURNS_PER_MINUTE',
    '5',
    'one guest sends 12 turns at once',
    'the first 5 are answered',
    async (lab, app) => burst(lab, app, { guests: 1, each: 12, allowed: 5 }),
  ),
  limit(
    'CONCURRENT_REPLIES',
    '3',
    'one guest keeps 10 replies open',
    'the first 3 reach the model',
    keepOpen,
  ),
  limit(
    'TURNS_PER_MINUTE_PER_ADDRESS',
    '6',
    '12 guests of one address send a turn each',
    'the first 6 are answered',
    async (lab, app) => burst(lab, app, { guests: 12, each: 1, allowed: 6 }),
  ),
  limit(
    'GUESTS_PER_HOUR',
    '4',
    '12 new guests of one address send',
    'the first 4 are answered',
    async (lab, app) => burst(lab, app, { guests: 12, each: 1, allowed: 4 }),
  ),
  limit(
    'TURNS_PER_MINUTE_PER_ADDRESS',
    '3',
    '12 turns, each with another X-Forwarded-For, without a proxy of ours',
    'the first 3 are answered',
    async (lab, app) =>
      burst(lab, app, {
        guests: 12,
        each: 1,
        allowed: 3,
        headers: (n) => ({ 'x-forwarded-for': `203.0.113.${n}` }),
      }),
  ),
  limit(
    'TURNS_PER_MINUTE_PER_ADDRESS',
    '3',
    '12 turns through a proxy of ours, each with a made-up first address',
    'the first 3 are answered',
    async (lab, app) =>
      burst(lab, app, {
        guests: 12,
        each: 1,
        allowed: 3,
        headers: (n) => ({ 'x-forwarded-for': `203.0.113.${n}, 198.51.100.7` }),
      }),
    { TRUST_PROXY: '1' },
  ),
  limit(
    'DAILY_TOKENS',
    '10',
    'a guest sends on after using up a day',
    'the first turn is answered',
    async (lab, app) => oneByOne(await lab.visitor(app), ['tokens']),
  ),
  limit(
    'SERVER_DAILY_TOKENS',
    '10',
    'other guests send on after a day is used up',
    'the first turn is answered',
    (lab, app) => otherGuests(lab, app, ['tokens']),
  ),
  limit(
    'DAILY_COST',
    '0.0000001',
    'a guest sends on after a day’s money',
    'the first turn is answered',
    async (lab, app) => oneByOne(await lab.visitor(app), ['cost']),
    { OPENAI_MODELS: 'gpt-4o-mini' },
  ),
  limit(
    'SERVER_DAILY_COST',
    '0.0000001',
    'other guests send on after a day’s money',
    'the first turn is answered',
    (lab, app) => otherGuests(lab, app, ['cost']),
    { OPENAI_MODELS: 'gpt-4o-mini' },
  ),
  limit('IMAGES_PER_HOUR', '4', 'a guest uploads 10 images', 'the first 4 are stored', (lab, app) =>
    uploads(lab, app, () => aNewPng(), 10, 4),
  ),
  limit(
    'GUEST_STORAGE_MB',
    '1',
    'a guest uploads 10 images of 300 kB',
    'the first 3 are stored',
    (lab, app) => uploads(lab, app, () => bigPng(), 10, 3),
  ),
  limit('STORAGE_MB', '1', 'ten guests upload 300 kB each', 'the first are stored', storageOfAll),
  {
    row: 'MAX_OUTPUT_TOKENS',
    attempt: 'A turn with MAX_OUTPUT_TOKENS=77',
    expected: 'the model is asked for at most 77 tokens',
    control: 'without it the model is asked for no such thing',
    run: maxOutput,
  },
];

type Run = (lab: AttackLab, app: AppServer) => Promise<{ attempt: Finding; control: Finding }>;

function limit(
  name: string,
  value: string,
  attempt: string,
  control: string,
  run: Run,
  settings: Record<string, string> = {},
): Attack {
  return {
    row: name,
    attempt: `${name}=${value}: ${attempt}`,
    expected: '429 with Retry-After above it, and the model is not asked',
    control,
    run: async (lab) => run(lab, await lab.app({ ...settings, [name]: value }, attempt)),
  };
}

interface Answered {
  status: number;
  retryAfter?: string;
}

/** The first `allowed` are answered, the others are refused with a time to wait. */
function judge(answers: Answered[], allowed: number, asked: number, slack = 0) {
  const ok = answers.filter(({ status }) => status < 300).length;
  const refused = answers.filter(({ status }) => status === 429);
  const waits = refused.every(({ retryAfter }) => Number(retryAfter) > 0);
  const seen = `${ok} answered, ${refused.length} refused, model asked ${asked} times`;
  return {
    attempt: finding(
      ok <= allowed + slack && ok + refused.length === answers.length && asked <= ok && waits,
      waits ? seen : `${seen}, some without Retry-After`,
    ),
    control: finding(ok >= allowed, `${ok} answered`),
  };
}

interface Burst {
  guests: number;
  each: number;
  allowed: number;
  headers?: (n: number) => Record<string, string>;
}

async function burst(lab: AttackLab, app: AppServer, { guests, each, allowed, headers }: Burst) {
  const visitors: Visitor[] = [];
  for (let n = 0; n < guests; n++) visitors.push(await lab.visitor(app, headers?.(n)));
  const mark = newId();
  const answers = await Promise.all(
    visitors.flatMap((visitor) =>
      Array.from({ length: each }, async () => {
        const { reply } = await visitor.send(mark);
        return { status: reply.status, retryAfter: reply.headers['retry-after'] };
      }),
    ),
  );
  // Rates refill while the burst arrives.
  return judge(answers, allowed, lab.asked(mark), 1);
}

async function keepOpen(lab: AttackLab, app: AppServer) {
  const visitor = await lab.visitor(app);
  const mark = `open${newId()}`;
  const held = await Promise.all(Array.from({ length: 10 }, () => visitor.begin(`[[hold]] ${mark}`)));
  try {
    const answers = held.map(({ status, headers }) => ({ status, retryAfter: headers['retry-after'] }));
    await lab.model.received(mark, Math.min(3, answers.filter(({ status }) => status === 200).length));
    return judge(answers, 3, lab.asked(mark));
  } finally {
    for (const { leave } of held) leave();
    lab.model.release({ contains: mark });
  }
}

async function unsetLimits(lab: AttackLab) {
  const unset = Object.fromEntries(Object.keys(UNLIMITED).map((name) => [name, '']));
  const tryAll = async (settings: Record<string, string>, own: string) => {
    const answered = async (each: Promise<{ status: number; retryAfter?: string }>[]) => {
      const all = await Promise.all(each);
      const waits = all.every(({ status, retryAfter }) => status !== 429 || Number(retryAfter) > 0);
      return { ok: all.filter(({ status }) => status === 200).length, waits };
    };
    const answerOf = async (sent: Promise<Sent>) => {
      const { status, headers } = (await sent).reply;
      return { status, retryAfter: headers['retry-after'] };
    };
    const crowd = await lab.app(settings, `${own} guests`);
    const guests: Visitor[] = [];
    for (let n = 0; n < 60; n++) guests.push(await lab.visitor(crowd));
    const byGuests = await answered(guests.map((guest) => answerOf(guest.send('one of a crowd'))));
    const one = await lab.visitor(await lab.app(settings, `${own} turns`));
    const inARow = [];
    for (let n = 0; n < 30; n++)
      inARow.push(Promise.resolve(await answerOf(one.send('one after the other'))));
    const byTurns = await answered(inARow);
    const mark = `many${newId()}`;
    const keen = await lab.visitor(await lab.app(settings, `${own} replies`));
    const held = await Promise.all(Array.from({ length: 60 }, () => keen.begin(`[[hold]] ${mark}`)));
    const replies = held.filter(({ status }) => status === 200).length;
    await lab.model.received(mark, replies);
    const asked = lab.asked(mark);
    for (const { leave } of held) leave();
    lab.model.release({ contains: mark });
    return { guests: byGuests.ok, turns: byTurns.ok, replies, asked, waits: byGuests.waits && byTurns.waits };
  };
  const seen = await tryAll(unset, 'unset');
  const control = await tryAll({}, 'unlimited');
  return {
    attempt: every(
      [
        { of: 'guests', ...finding(seen.guests <= 30, String(seen.guests)) },
        { of: 'turns', ...finding(seen.turns <= 21, String(seen.turns)) },
        {
          of: 'replies',
          ...finding(seen.replies <= 4 && seen.asked <= 4, `${seen.replies}, asked ${seen.asked}`),
        },
        { of: 'Retry-After', ...finding(seen.waits, 'missing') },
      ],
      `${seen.guests} guests, ${seen.turns} turns, ${seen.replies} replies`,
    ),
    control: finding(
      control.guests === 60 && control.turns === 30 && control.replies === 60,
      `${control.guests} guests, ${control.turns} turns, ${control.replies} replies`,
    ),
  };
}

async function keepConnections(lab: AttackLab) {
  const app = await lab.app({ CONNECTIONS_PER_ADDRESS: '10' });
  const { host, hostname, port } = new URL(app.url);
  const sockets: Socket[] = [];
  /** Whether a new connection is served. It is kept open. */
  const isServed = async () => {
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.write(`GET /api/models HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
    return Promise.race([
      once(socket, 'data').then(([data]) => statusIn(String(data)) === 200),
      once(socket, 'close').then(() => false),
    ]).catch(() => false);
  };
  let served = 0;
  for (let n = 0; n < 40; n++) if (await isServed()) served += 1;
  const closed = Promise.all(sockets.filter(({ closed }) => !closed).map((socket) => once(socket, 'close')));
  for (const socket of sockets) socket.destroy();
  await closed;
  // The server learns of the ends a moment later.
  let isServedAgain = false;
  for (let n = 0; n < 50 && !isServedAgain; n++) isServedAgain = await isServed();
  for (const socket of sockets) socket.destroy();
  return {
    attempt: finding(served <= 10, `${served} of 40 served`),
    control: finding(
      served >= 9 && isServedAgain,
      `${served} served, then ${isServedAgain ? 'another one' : 'none'}`,
    ),
  };
}

/** The first turn uses up the quota. */
async function oneByOne(visitor: Visitor, reasons: string[]) {
  const first = await visitor.send('within the quota');
  const answers = [];
  for (let n = 0; n < 3; n++) answers.push((await visitor.send('beyond the quota')).reply);
  return quota(first.reply.status, answers, reasons);
}

async function otherGuests(lab: AttackLab, app: AppServer, reasons: string[]) {
  const first = await (await lab.visitor(app)).send('within the quota');
  const answers = [];
  for (let n = 0; n < 3; n++) answers.push((await (await lab.visitor(app)).send('beyond the quota')).reply);
  return quota(first.reply.status, answers, reasons);
}

function quota(first: number, answers: Awaited<ReturnType<Visitor['ask']>>[], reasons: string[]) {
  return {
    attempt: every(
      answers.map(({ status, code, headers, body }) => ({
        of: 'answer',
        ...finding(
          status === 429 &&
            code === 'quota_exceeded' &&
            Number(headers['retry-after']) > 0 &&
            reasons.some((reason) => body.includes(reason)),
          `${status} ${code ?? ''}`,
        ),
      })),
      `${answers.length} refused: 429 quota_exceeded until the day ends`,
    ),
    control: finding(first === 200, String(first)),
  };
}

/** About 300 kB that cannot be compressed. */
const bigPng = (): Buffer => aNewPng({ width: 320, height: 320, noise: true });

async function uploads(lab: AttackLab, app: AppServer, make: () => Buffer, count: number, allowed: number) {
  const visitor = await lab.visitor(app);
  const answers: Answered[] = [];
  for (let n = 0; n < count; n++) {
    const { status, headers } = await visitor.upload(make());
    answers.push({ status, retryAfter: headers['retry-after'] });
  }
  const stored = answers.filter(({ status }) => status === 201).length;
  const others = answers.filter(({ status }) => status !== 201 && status !== 429).map(({ status }) => status);
  return {
    attempt: finding(
      stored <= allowed && others.length === 0,
      `${stored} stored, ${count - stored} refused${others.length > 0 ? `, by ${others}` : ''}`,
    ),
    control: finding(stored === allowed, `${stored} stored`),
  };
}

async function storageOfAll(lab: AttackLab, app: AppServer) {
  const answers: number[] = [];
  for (let n = 0; n < 10; n++) {
    const visitor = await lab.visitor(app);
    answers.push((await visitor.upload(bigPng())).status);
  }
  const stored = answers.filter((status) => status === 201).length;
  const refused = answers.filter((status) => status === 429).length;
  return {
    // The measurement may be a few seconds old.
    attempt: finding(stored <= 5 && stored + refused === 10, `${stored} stored, ${refused} refused`),
    control: finding(stored >= 2, `${stored} stored`),
  };
}

async function maxOutput(lab: AttackLab) {
  const limited = await lab.app({ MAX_OUTPUT_TOKENS: '77' });
  const free = await lab.app();
  const [mark, other] = [randomBytes(8).toString('hex'), randomBytes(8).toString('hex')];
  await (await lab.visitor(limited)).send(mark);
  await (await lab.visitor(free)).send(other);
  const bodyOf = (text: string) =>
    lab.model.requests.find(({ lastUser }) => lastUser.includes(text))?.body ?? {};
  const seen = [bodyOf(mark), bodyOf(other)].map((body) => body.max_tokens ?? body.max_completion_tokens);
  return {
    attempt: finding(seen[0] === 77, String(seen[0])),
    control: finding(seen[1] === undefined, String(seen[1])),
  };
}

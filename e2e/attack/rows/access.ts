import { type Attack, every, finding, same } from '../attack';
import type { AttackLab } from '../attack-lab';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Access to the server, and what only its owner may see. */
export const access: Attack[] = [
  {
    row: 'ACCESS_CODE',
    attempt: 'A stranger uses the API and the page without the code',
    expected: '401 for data and sends, no chat on the page, no model asked',
    control: 'with the code all of it works',
    run: withoutCode,
  },
  {
    row: 'ACCESS_CODE',
    attempt: '12 wrong codes in a row, then many at once',
    expected: 'after a few each is refused with 429 and a growing Retry-After, before it is compared',
    control: 'another visitor’s first try with the right code gets in on a fresh server',
    run: guessCode,
  },
  {
    row: 'ACCESS_CODE',
    attempt: 'The cookie of a removed code, and a forged one',
    expected: '401',
    control: 'the cookie of the present code works',
    run: oldAccessCookie,
  },
  {
    row: '11',
    attempt: 'A device that was signed out goes on with its cookie',
    expected: '401 or an empty history; a send does not reach the conversation',
    control: 'before that the same cookie opens the history',
    run: signedOut,
  },
  {
    row: 'ADMIN_TOKEN',
    attempt: '/admin and /api/metrics without a token, with a wrong one, in the address',
    expected: '401, 403 or 404, no number shown',
    control: 'with the token the metrics are served',
    run: admin,
  },
  {
    row: 'ADMIN_TOKEN',
    attempt: 'The same without ADMIN_TOKEN set, with an empty token',
    expected: '404 or 401: there is no default token',
    control: 'the rest of the server answers',
    run: adminWithoutToken,
  },
  {
    row: 'PROXY_USER',
    attempt: 'A stranger sends the header of a proxy’s user, without its secret or with a wrong one',
    expected: 'not believed: no conversation of that user',
    control: 'with the secret the user sees their conversation',
    run: proxyUser,
  },
  {
    row: 'REMOTE_IMAGES',
    attempt:
      'The server is asked to fetch inward: loopback, private, link-local, mapped and redirected addresses',
    expected: 'refused, and nothing inside is asked',
    control: 'the inner server sees a request that is made to it, and the fetching is switched on',
    run: fetchInward,
  },
];

const CODE = 'attack-code-0001';

async function withoutCode(lab: AttackLab) {
  const app = await lab.app({ ACCESS_CODE: lab.secrets.add('an access code', CODE) });
  const stranger = lab.stranger(app);
  const page = await stranger.visit();
  const mark = 'uninvited';
  const sent = await stranger.send(mark);
  const paths = [
    '/api/models',
    '/api/assistants',
    '/api/chat/sessions',
    '/api/chat/history?sessionId=a',
    '/api/images/a',
  ];
  const seen = await Promise.all(
    paths.map(async (path) => ({ of: path, ...same(401, (await stranger.ask(path)).status) })),
  );
  const upload = await stranger.upload(Buffer.from('x'));
  const guest = lab.stranger(app);
  const entered = await guest.ask('/api/access', {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify({ code: CODE }),
  });
  await guest.visit();
  const own = await guest.send('invited');
  return {
    attempt: every(
      [
        ...seen,
        { of: 'send', ...same(401, sent.reply.status) },
        { of: 'upload', ...same(401, upload.status) },
        {
          of: 'page',
          ...finding(
            page.status !== 200 || !page.body.includes('composer'),
            `${page.status} with a message box`,
          ),
        },
        { of: 'model', ...finding(lab.asked(mark) === 0, 'asked') },
      ],
      '401 for all',
    ),
    control: finding(
      entered.status < 300 && own.reply.status === 200,
      `${entered.status}, then ${own.reply.status}`,
    ),
  };
}

async function guessCode(lab: AttackLab) {
  const settings = { ACCESS_CODE: lab.secrets.add('an access code', CODE) };
  const app = await lab.app(settings, 'guessed');
  const guess = (code: string) => {
    const visitor = lab.stranger(app);
    return visitor.ask('/api/access', { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ code }) });
  };
  const answers = [];
  for (let n = 0; n < 12; n++) answers.push(await guess(`wrong-code-${n}`));
  answers.push(...(await Promise.all(Array.from({ length: 30 }, (_, n) => guess(`at-once-${n}`)))));
  const right = await guess(CODE);
  const compared = answers.filter(({ status }) => status !== 429).length;
  const waits = answers
    .filter(({ status }) => status === 429)
    .every(({ headers }) => Number(headers['retry-after']) > 0);
  const fresh = await lab.app(settings, 'fresh');
  const first = await lab
    .stranger(fresh)
    .ask('/api/access', { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ code: CODE }) });
  return {
    attempt: every(
      [
        { of: 'compared', ...finding(compared <= 6, `${compared} of 42 codes`) },
        { of: 'Retry-After', ...finding(waits, 'missing') },
        { of: 'the right one, too early', ...same(429, right.status) },
      ],
      `${compared} of 42 compared`,
    ),
    control: finding(first.status < 300, String(first.status)),
  };
}

async function oldAccessCookie(lab: AttackLab) {
  const AUTH_SECRET = lab.secrets.add('AUTH_SECRET', 'attack-secret-for-access-cookies');
  const before = await lab.app({ AUTH_SECRET, ACCESS_CODE: `${CODE},attack-code-0002` });
  const after = await lab.app({ AUTH_SECRET, ACCESS_CODE: CODE });
  const enter = async (code: string) => {
    const visitor = lab.stranger(before);
    await visitor.ask('/api/access', { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ code }) });
    return visitor.cookie;
  };
  const status = async (cookie: string) => (await lab.stranger(after, { cookie }).ask('/api/models')).status;
  const removed = await status(await enter('attack-code-0002'));
  const present = await enter(CODE);
  const forged = await status(present.replace(/.{6}$/, 'AAAAAA'));
  return {
    attempt: finding(removed === 401 && forged === 401, `removed ${removed}, forged ${forged}`),
    control: same(200, await status(present)),
  };
}

async function signedOut(lab: AttackLab) {
  const app = await lab.app({}, 'devices');
  const visitor = await lab.visitor(app);
  const { sessionId } = await visitor.send('mine');
  const cookie = visitor.cookie;
  const before = (await visitor.history(sessionId)).turns.length;
  const out = await visitor.ask('/api/guest', { method: 'DELETE' });
  const thief = lab.stranger(app, { cookie });
  const seen = await thief.ask(`/api/chat/history?sessionId=${sessionId}`);
  const turns = seen.status === 200 ? JSON.parse(seen.body.toString('utf8')).turns.length : 0;
  const change = await thief.ask(`/api/chat/sessions/${sessionId}`, {
    method: 'PATCH',
    headers: JSON_TYPE,
    body: '{"title":"x"}',
  });
  return {
    attempt: every(
      [
        { of: 'sign out', ...finding(out.status < 300, String(out.status)) },
        { of: 'history', ...finding(turns === 0, `${turns} turns`) },
        { of: 'rename', ...finding(change.status >= 400 && change.status < 500, String(change.status)) },
      ],
      `${seen.status}, no turns`,
    ),
    control: finding(before === 1, `${before} turn`),
  };
}

async function admin(lab: AttackLab) {
  const token = lab.secrets.make('admin token');
  const app = await lab.app({ ADMIN_TOKEN: token });
  const visitor = await lab.visitor(app);
  const tries: [string, Record<string, string>][] = [
    ['none', {}],
    ['wrong', { authorization: 'Bearer wrong' }],
    ['shorter', { authorization: `Bearer ${token.slice(0, -1)}` }],
    ['longer', { authorization: `Bearer ${token}0` }],
    ['Basic', { authorization: `Basic ${Buffer.from(`admin:${token}x`).toString('base64')}` }],
    ['empty', { authorization: 'Bearer ' }],
  ];
  // First, because wrong tokens slow down the right one.
  const own = await visitor.ask('/api/metrics', { headers: { authorization: `Bearer ${token}` } });
  const seen = [];
  for (const path of ['/api/metrics', '/admin', `/api/metrics?token=${token.slice(0, 8)}`])
    for (const [name, headers] of tries) {
      const { status, body } = await visitor.ask(path, { headers });
      const shown = /confab_turns_total|data-admin/.test(body.toString('utf8'));
      const refused = status >= 400 && status < 500;
      // The page may answer with a form for the token.
      seen.push({
        of: `${path} ${name}`,
        ...finding(!shown && (refused || path === '/admin'), `${status}${shown ? ', numbers shown' : ''}`),
      });
    }
  return {
    attempt: every(seen, `${seen.length} tries refused`),
    control: finding(own.status === 200 && own.body.includes('confab_'), String(own.status)),
  };
}

async function adminWithoutToken(lab: AttackLab) {
  const app = await lab.app();
  const visitor = await lab.visitor(app);
  const seen = [];
  for (const path of ['/api/metrics', '/admin'])
    for (const authorization of ['Bearer ', 'Bearer undefined', 'Bearer null', 'Bearer admin'])
      seen.push({
        of: `${path} ${authorization}`,
        ...finding(
          [401, 403, 404].includes((await visitor.ask(path, { headers: { authorization } })).status),
          'answered',
        ),
      });
  return {
    attempt: every(seen, '404 or 401'),
    control: same(200, (await visitor.ask('/api/health')).status),
  };
}

async function proxyUser(lab: AttackLab) {
  const secret = lab.secrets.make('proxy secret');
  const app = await lab.app({ PROXY_USER_HEADER: 'x-user', PROXY_USER_SECRET: secret });
  const owner = lab.stranger(app, {
    'x-user': 'ada',
    'x-confab-proxy-secret': secret,
  });
  await owner.visit();
  const { sessionId, status } = await owner.send('of ada');
  const cookieless = async (headers: Record<string, string>) => {
    const answer = await lab.stranger(app, headers).ask(`/api/chat/history?sessionId=${sessionId}`);
    return answer.status === 200 ? JSON.parse(answer.body.toString('utf8')).turns.length : 0;
  };
  const seen = [
    await cookieless({ 'x-user': 'ada' }),
    await cookieless({
      'x-user': 'ada',
      'x-confab-proxy-secret': 'wrong',
    }),
    await cookieless({
      'x-user': 'ada',
      'x-confab-proxy-secret': '',
    }),
  ];
  const own = await cookieless(owner.headers);
  return {
    attempt: finding(Math.max(...seen) === 0, `turns seen: ${seen}`),
    control: finding(status === 200 && own === 1, `${status}, turns seen: ${own}`),
  };
}

async function fetchInward(lab: AttackLab) {
  const app = await lab.app({ REMOTE_IMAGES: 'on' });
  const visitor = await lab.visitor(app);
  const { port } = lab.attacker;
  lab.attacker.handle('/inner.png', (_, response) =>
    response.writeHead(200, { 'content-type': 'image/png' }).end('x'),
  );
  const addresses = [
    `http://127.0.0.1:${port}/inner.png`,
    `https://127.0.0.1:${port}/inner.png`,
    `https://localhost:${port}/inner.png`,
    `https://[::1]:${port}/inner.png`,
    `https://[::ffff:127.0.0.1]:${port}/inner.png`,
    `https://0.0.0.0:${port}/inner.png`,
    `https://2130706433:${port}/inner.png`,
    `https://127.1:${port}/inner.png`,
    `https://0x7f.1:${port}/inner.png`,
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/a.png',
    'https://192.168.1.1/a.png',
    'https://172.16.0.1/a.png',
    'https://100.64.0.1/a.png',
    'https://[fd00::1]/a.png',
    'https://[fe80::1]/a.png',
    `https://user:pass@127.0.0.1:${port}/inner.png`,
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'gopher://127.0.0.1/',
  ];
  const before = lab.attacker.hits.length;
  const seen = [];
  for (const url of addresses) {
    const { status } = await visitor.ask(`/api/remote-image?url=${encodeURIComponent(url)}`);
    seen.push({ of: url, ...finding(status >= 400 && status < 500, String(status)) });
  }
  const inside = lab.attacker.hits.length - before;
  await fetch(`http://127.0.0.1:${port}/inner.png`);
  // Without an address: 400 where pictures are fetched, 404 where they are not.
  const query = '/api/remote-image';
  const off = (await (await lab.visitor(await lab.app())).ask(query)).status;
  const on = (await visitor.ask(query)).status;
  return {
    attempt: every(
      [...seen, { of: 'inner server', ...finding(inside === 0, `asked ${inside} times`) }],
      `${seen.length} addresses refused`,
    ),
    control: finding(
      lab.attacker.hits.length === before + inside + 1 && off === 404 && on === 400,
      `seen; on ${on}, off ${off}`,
    ),
  };
}

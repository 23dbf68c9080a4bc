import { randomBytes } from 'node:crypto';
import { chmod, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import { chunkOf, PNG_SIGNATURE } from '@/lib/server/images/strip-metadata/png';
import { aGif, aJpeg, aNewPng, aWebp } from '@/lib/server/images/testing/sample-images';
import { type Attack, every, finding, same } from '../attack';
import type { AttackLab } from '../attack-lab';

/** Stored data: who can read it, what can be written to it, and what the health says of it. */
export const data: Attack[] = [
  {
    row: '9',
    attempt: 'Another account of the machine reads the data folder',
    expected: 'the folder is 0700, every file in it 0600',
    control: 'a file of mode 0644 beside them is seen',
    run: fileModes,
  },
  {
    row: '6',
    attempt: 'Random bytes as PNG, JPEG, WebP and GIF',
    expected: '415 for each, nothing is stored',
    control: 'real pictures of the four formats are stored',
    run: fakePictures,
  },
  {
    row: '12',
    attempt: 'A stranger reads /api/health of a server with ADMIN_TOKEN',
    expected: 'status, whether the store works and lasts, whether it is the demo, and nothing else',
    control: 'its owner sees version, driver, providers and warnings, by the token and on /admin’s cookie',
    run: healthDetails,
  },
  {
    row: '12',
    attempt: '300 health checks and 60 page views by strangers',
    expected: 'no writes to the store but one check every 3 s, beside the server’s own of its first seconds',
    control: 'a message is seen as a write',
    run: healthWrites,
  },
  {
    row: '12',
    attempt: 'A stranger asks the probes of a server with ACCESS_CODE, under another host name',
    expected: '200 and a status, nothing else',
    control: 'the models are refused',
    run: probes,
  },
];

async function openFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  const all = await Promise.all(
    [folder, ...names.map((name) => join(folder, name))].map(async (path) => ({
      path,
      mode: (await stat(path)).mode,
    })),
  );
  return all
    .filter(({ mode }) => (mode & 0o077) !== 0)
    .map(({ path, mode }) => `${path} ${(mode & 0o777).toString(8)}`);
}

async function fileModes(lab: AttackLab) {
  const app = await lab.app({}, 'file modes');
  await (await lab.visitor(app)).send('private');
  const open = await openFiles(app.dataDir);
  const planted = join(app.dataDir, 'planted');
  await writeFile(planted, '');
  await chmod(planted, 0o644);
  const seen = await openFiles(app.dataDir);
  return {
    attempt: finding(open.length === 0, open.join(', ') || '0700, 0600'),
    control: finding(
      seen.some((line) => line.startsWith(planted)),
      `${seen.length} seen`,
    ),
  };
}

/** Files with the form of a picture and random bytes in place of pixels. */
function fakes(): [string, Buffer][] {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(500, 0);
  header.writeUInt32BE(500, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const noise = randomBytes(200_000);
  const png = Buffer.concat([
    PNG_SIGNATURE,
    chunkOf('IHDR', header),
    chunkOf('IDAT', noise),
    chunkOf('IEND', Buffer.alloc(0)),
  ]);
  const jpeg = aJpeg();
  const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
  const noisy = Buffer.from(noise.map((byte) => (byte === 0xff ? 0xfe : byte)));
  const webp = Buffer.concat([aWebp().subarray(0, 30), noise]);
  webp.writeUInt32LE(webp.length - 8, 4);
  webp.writeUInt32LE(webp.length - 20, 16);
  const gif = aGif();
  const blocks = Array.from({ length: 700 }, (_, n) =>
    Buffer.concat([Buffer.of(250), noise.subarray(n * 250, n * 250 + 250)]),
  );
  return [
    ['PNG', png],
    ['JPEG', Buffer.concat([jpeg.subarray(0, scan + 14), noisy, Buffer.from([0xff, 0xd9])])],
    ['WebP', webp],
    ['GIF', Buffer.concat([gif.subarray(0, 38), ...blocks, Buffer.from([0, 0x3b])])],
  ];
}

async function fakePictures(lab: AttackLab) {
  const app = await lab.app();
  const visitor = await lab.visitor(app);
  const seen = [];
  for (const [name, bytes] of fakes()) {
    const { status, body } = await visitor.upload(bytes);
    seen.push({
      of: name,
      ...finding(
        status === 415,
        `${status} ${status === 201 ? `${JSON.parse(String(body)).bytes} bytes kept` : ''}`,
      ),
    });
  }
  const real = [];
  for (const bytes of [aNewPng(), aJpeg(), aWebp(), aGif()]) real.push((await visitor.upload(bytes)).status);
  return {
    attempt: every(seen, 'all refused'),
    control: finding(real.join() === '201,201,201,201', real.join()),
  };
}

async function healthDetails(lab: AttackLab) {
  const token = lab.secrets.make('admin token');
  const app = await lab.app({ ADMIN_TOKEN: token });
  const stranger = lab.stranger(app);
  const read = async (headers?: Record<string, string>) =>
    JSON.parse((await stranger.ask('/api/health', { headers })).body.toString('utf8'));
  const short = { status: 'ok', store: { ok: true, durable: true }, models: { demo: false } };
  // First, because wrong tokens from the same address slow down the right one.
  const owner = lab.stranger(app);
  const body = new URLSearchParams({ token }).toString();
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  await owner.ask('/api/admin/session', { method: 'POST', body, headers: form });
  const full = [
    JSON.stringify(await read({ authorization: `Bearer ${token}` })),
    (await owner.ask('/api/health')).body.toString('utf8'),
  ];
  const strangers: [string, Record<string, string>][] = [
    ['nothing', {}],
    ['another token', { authorization: `Bearer ${token}x` }],
    ['Basic', { authorization: `Basic ${Buffer.from(`admin:${token}`).toString('base64')}` }],
    ['a forged cookie', { cookie: `confab_admin=${Date.now() + 60_000}.${'a'.repeat(43)}` }],
  ];
  const seen = [];
  for (const [of, headers] of strangers) {
    const told = await read(headers);
    seen.push({ of, ...finding(isDeepStrictEqual(told, short), JSON.stringify(told)) });
  }
  const details = [
    '"version"',
    '"driver":"sqlite"',
    '"configured":["openai"]',
    '"latencyMs"',
    '"warnings":[]',
  ];
  return {
    attempt: every(seen, JSON.stringify(short)),
    control: finding(
      full.every((answer) => details.every((word) => answer.includes(word))),
      full.join(' '),
    ),
  };
}

async function probes(lab: AttackLab) {
  const app = await lab.app({ ACCESS_CODE: lab.secrets.make('access code') });
  const stranger = lab.stranger(app, { host: '10.1.2.3' });
  const seen = [];
  for (const path of ['/api/health/live', '/api/health/ready']) {
    const { status, body } = await stranger.ask(path);
    const told = `${status} ${body.toString('utf8')}`;
    seen.push({ of: path, ...finding(told === '200 {"status":"ok"}', told) });
  }
  return {
    attempt: every(seen, '200 {"status":"ok"}'),
    control: same(401, (await lab.stranger(app).ask('/api/models')).status),
  };
}

async function healthWrites(lab: AttackLab) {
  const app = await lab.app({}, 'health writes');
  const visitor = await lab.visitor(app);
  const stranger = lab.stranger(app);
  const db = new DatabaseSync(join(app.dataDir, 'confab.sqlite'), { readOnly: true });
  // Changes when another connection has committed (sqlite.org/pragma.html).
  const version = () => Number(db.prepare('PRAGMA data_version').get()?.data_version);
  let writes = 0;
  let last = version();
  const count = () => {
    const now = version();
    if (now !== last) writes += 1;
    last = now;
  };
  const startedAt = performance.now();
  for (let n = 0; n < 300; n++) {
    await stranger.ask('/api/health');
    count();
    if (n % 5 > 0) continue;
    await stranger.ask('/', { headers: { accept: 'text/html' } });
    stranger.cookies.clear();
    count();
  }
  const seconds = (performance.now() - startedAt) / 1000;
  // The server's own heartbeat, once a second, is not caused by a request.
  const most = Math.ceil(seconds) + 1 + Math.ceil(seconds / 3) + 1;
  const after = writes;
  writes = 0;
  await visitor.send('counted');
  count();
  db.close();
  return {
    attempt: finding(after <= most, `${after} writes in ${seconds.toFixed(1)} s`),
    control: finding(writes === 1, 'seen'),
  };
}

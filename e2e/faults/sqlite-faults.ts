import { execFile } from 'node:child_process';
import { copyFile, link, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import type { AppServer } from '../support/servers/app-server';
import { ApiClient } from './api-client';
import { describeReply, describeSaved, quoteBanner, quoteFailure } from './describe-outcome';
import type { Fault, Outcome } from './fault-table';
import { eventually, type Lab, unwrap } from './lab';
import { outageDuringReply, type StoreOutage, startHeldReply } from './store-outage';

const NO_DATABASE = 'not a database, but long enough to have a header'.repeat(100);
const fileOf = (folder: string) => join(folder, 'confab.sqlite');

export const sqliteFaults: Fault[] = [
  { title: 'The SQLite file is damaged when the server starts.', run: damagedAtStart },
  {
    title: 'Another program locks the SQLite file during a reply.',
    run: (lab) =>
      duringReply(lab, (app) => {
        const other = new DatabaseSync(fileOf(app.dataDir));
        lab.defer(() => other.close());
        return {
          begin: () => other.exec('BEGIN IMMEDIATE'),
          end: () => other.exec('ROLLBACK'),
          reason: 'locked',
          readable: true,
        };
      }),
  },
  {
    title: 'The disk is full during a reply (every file write fails).',
    run: (lab) =>
      duringReply(lab, (app) => ({
        begin: () => limitFiles(app.pid, '1'),
        end: () => limitFiles(app.pid, 'unlimited'),
        reason: 'full',
        readable: false,
      })),
  },
  {
    title: 'The SQLite file is damaged during a reply, then replaced by a good copy.',
    run: (lab) =>
      duringReply(lab, (app) => {
        const file = fileOf(app.dataDir);
        return {
          async begin() {
            // The write-ahead log could repair the file, so empty it first.
            const other = new DatabaseSync(file);
            other.exec('PRAGMA wal_checkpoint(TRUNCATE)');
            other.close();
            // Replaced in one step, because a server that finds no file creates a new one.
            await link(file, `${file}.good`);
            await writeFile(`${file}.bad`, NO_DATABASE);
            await rename(`${file}.bad`, file);
          },
          async end() {
            await rename(`${file}.good`, file);
          },
          reason: 'corrupt',
          readable: false,
        };
      }),
  },
  { title: 'A backup is copied over the SQLite file while the server runs.', run: copiedOver },
  { title: 'A backup is restored with `npm run restore` during a reply.', run: restoredDuringReply },
  { title: 'A newer version of Confab wrote the SQLite file.', run: newerAtStart },
];

const limitFiles = (pid: number, bytes: string) =>
  promisify(execFile)('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);

async function duringReply(lab: Lab, outageOf: (app: AppServer) => StoreOutage): Promise<Outcome> {
  const app = await lab.app();
  return outageDuringReply(lab, app, outageOf(app));
}

/** Runs the script as npm does, for the data of this server. */
const runScript = (app: AppServer, script: 'backup' | 'restore', file: string) =>
  promisify(execFile)(process.execPath, [join(SCRIPTS, `${script}.mjs`), file], {
    env: { ...process.env, ...NO_REDIS, DATA_DIR: app.dataDir },
  });

const SCRIPTS = fileURLToPath(new URL('../../scripts', import.meta.url));
const NO_REDIS = { REDIS_URL: '', UPSTASH_REDIS_REST_URL: '', KV_REST_API_URL: '' };

async function endedTurn(client: ApiClient, content: string) {
  const reader = unwrap(await client.send(ApiClient.message(content)));
  expect(await reader.ended).toBe('end');
  return reader;
}

/** A server with one conversation from before the backup and one from after it. */
async function withBackup(lab: Lab) {
  const app = await lab.app();
  const client = new ApiClient(app.url);
  const before = await endedTurn(client, 'before the backup');
  const backup = join(await lab.folder(), 'backup.sqlite');
  await runScript(app, 'backup', backup);
  const after = await endedTurn(client, 'after the backup');
  /** The server uses the restored backup, which is complete and writable. */
  const expectRestored = async () => {
    await eventually(
      () => client.history(after.sessionId),
      (result) => result.ok && result.value.total === 0,
      RESTORED_WITHIN_MS,
    );
    await eventually(
      () => client.health(),
      (health) => health.store.ok,
      RESTORED_WITHIN_MS,
    );
    expect(unwrap(await client.history(before.sessionId)).turns).toEqual([before.turn()]);
    const next = await endedTurn(client, 'after it was restored');
    expect(unwrap(await client.history(next.sessionId)).turns).toEqual([next.turn()]);
    await app.stop();
    const db = new DatabaseSync(fileOf(app.dataDir));
    expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    db.close();
  };
  return { app, client, backup, expectRestored };
}

const RESTORED_WITHIN_MS = 10_000;
const AS_BACKED_UP = 'What the backup holds. What was written after it is gone.';

async function copiedOver(lab: Lab): Promise<Outcome> {
  const { app, backup, expectRestored } = await withBackup(lab);
  await copyFile(backup, fileOf(app.dataDir));
  await expectRestored();
  return {
    shown: `For a second: ${quoteBanner('replaced')} Then: The conversations of the backup.`,
    saved: AS_BACKED_UP,
  };
}

async function restoredDuringReply(lab: Lab): Promise<Outcome> {
  const { app, client, backup, expectRestored } = await withBackup(lab);
  const reader = await startHeldReply(lab, client);
  await runScript(app, 'restore', backup);
  lab.fake.release({ contains: reader.content });
  expect(await reader.ended).toBe('end');
  await expectRestored();
  return {
    shown: `The conversations of the backup. The reply: ${describeReply(reader.turn())}`,
    saved: `${AS_BACKED_UP} The file that was there before is kept beside it.`,
  };
}

async function newerAtStart(lab: Lab): Promise<Outcome> {
  const folder = await lab.folder();
  const setVersion = (version: number) => {
    const db = new DatabaseSync(fileOf(folder));
    db.exec(`PRAGMA user_version = ${version}`);
    db.close();
  };
  setVersion(1_000);
  const app = await lab.app({ DATA_DIR: folder }, 'answering');
  const client = new ApiClient(app.url);
  const { store } = await client.health();
  expect(store).toMatchObject({ ok: false, reason: 'newer' });
  const send = ApiClient.message('hello');
  const refused = await client.send(send);
  if (refused.ok) throw new Error('A turn that could not be stored was acknowledged.');
  setVersion(0);
  const reader = unwrap(
    await eventually(
      () => client.send(send),
      (result) => result.ok,
      RESTORED_WITHIN_MS,
    ),
  );
  expect(await reader.ended).toBe('end');
  return {
    shown: `${quoteBanner(store.reason)} On a message: ${quoteFailure(refused.error, 'unsent')} After the update: ${describeReply(reader.turn())}`,
    saved: describeSaved(unwrap(await client.history(send.sessionId)), reader.turn()),
  };
}

async function damagedAtStart(lab: Lab): Promise<Outcome> {
  const folder = await lab.folder();
  await writeFile(fileOf(folder), NO_DATABASE);
  const app = await lab.app({ DATA_DIR: folder }, 'answering');
  const client = new ApiClient(app.url);
  const { store } = await client.health();
  expect(store).toMatchObject({ ok: false, reason: 'corrupt' });
  expect(await client.page()).toBe(true);
  const send = ApiClient.message('hello');
  const refused = await client.send(send);
  if (refused.ok) throw new Error('A turn that could not be stored was acknowledged.');
  await rm(fileOf(folder));
  const reader = unwrap(
    await eventually(
      () => client.send(send),
      (result) => result.ok,
    ),
  );
  expect(await reader.ended).toBe('end');
  return {
    shown: `${quoteBanner(store.reason)} On a message: ${quoteFailure(refused.error, 'unsent')} After the file is replaced: ${describeReply(reader.turn())}`,
    saved: describeSaved(unwrap(await client.history(send.sessionId)), reader.turn()),
  };
}

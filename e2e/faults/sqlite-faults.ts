import { execFile } from 'node:child_process';
import { link, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import type { AppServer } from '../support/servers/app-server';
import { ApiClient } from './api-client';
import { describeReply, describeSaved, quoteBanner, quoteFailure } from './describe-outcome';
import type { Fault, Outcome } from './fault-table';
import { eventually, type Lab, unwrap } from './lab';
import { outageDuringReply, type StoreOutage } from './store-outage';

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
];

const limitFiles = (pid: number, bytes: string) =>
  promisify(execFile)('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);

async function duringReply(lab: Lab, outageOf: (app: AppServer) => StoreOutage): Promise<Outcome> {
  const app = await lab.app();
  return outageDuringReply(lab, app, outageOf(app));
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

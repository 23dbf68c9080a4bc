import { execFile } from 'node:child_process';
import { link, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import type { AppServer } from '../support/app-server';
import type { Fault, Outcome } from './fault';
import { eventually, type Lab, value } from './lab';
import { type Trouble, troubleInTheMiddle } from './trouble';
import { Visitor } from './visitor';
import { bannerWords, failureWords, keptWords, replyWords } from './words-of';

const NO_DATABASE = 'not a database, but long enough to have a header'.repeat(100);
const fileOf = (folder: string) => join(folder, 'confab.sqlite');

export const sqliteFaults: Fault[] = [
  { done: 'The SQLite file is damaged when the server starts.', play: damagedAtStart },
  {
    done: 'Another program locks the SQLite file in the middle of a reply.',
    play: (lab) =>
      inTheMiddle(lab, (app) => {
        const other = new DatabaseSync(fileOf(app.dataDir));
        lab.later(() => other.close());
        return {
          begin: () => other.exec('BEGIN IMMEDIATE'),
          end: () => other.exec('ROLLBACK'),
          reason: 'locked',
          readable: true,
        };
      }),
  },
  {
    done: 'The disk takes no more in the middle of a reply (every write to a file fails).',
    play: (lab) =>
      inTheMiddle(lab, (app) => ({
        begin: () => limitFiles(app.pid, '1'),
        end: () => limitFiles(app.pid, 'unlimited'),
        reason: 'full',
        readable: false,
      })),
  },
  {
    done: 'The SQLite file is damaged in the middle of a reply, and a good one put back.',
    play: (lab) =>
      inTheMiddle(lab, (app) => {
        const file = fileOf(app.dataDir);
        return {
          async begin() {
            // What is in the log beside the file would heal it.
            const other = new DatabaseSync(file);
            other.exec('PRAGMA wal_checkpoint(TRUNCATE)');
            other.close();
            // In one step: a server that finds no file makes a new one.
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

async function inTheMiddle(lab: Lab, troubleOf: (app: AppServer) => Trouble): Promise<Outcome> {
  const app = await lab.app();
  return troubleInTheMiddle(lab, app, troubleOf(app));
}

async function damagedAtStart(lab: Lab): Promise<Outcome> {
  const folder = await lab.folder();
  await writeFile(fileOf(folder), NO_DATABASE);
  const app = await lab.app({ DATA_DIR: folder }, 'answering');
  const visitor = new Visitor(app.url);
  const { store } = await visitor.health();
  expect(store).toMatchObject({ ok: false, reason: 'corrupt' });
  expect(await visitor.page()).toBe(true);
  const send = Visitor.words('hello');
  const refused = await visitor.send(send);
  if (refused.ok) throw new Error('A turn was acknowledged that could not be kept.');
  await rm(fileOf(folder));
  const reading = value(
    await eventually(
      () => visitor.send(send),
      (answer) => answer.ok,
    ),
  );
  expect(await reading.ended).toBe('end');
  return {
    sees: `${bannerWords(store.reason)} On a message: ${failureWords(refused.error, 'unsent')} Once the file is put right: ${replyWords(reading.turn())}`,
    kept: keptWords(value(await visitor.history(send.sessionId)), reading.turn()),
  };
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppServer, startAppServer } from '../support/app-server';
import { type FakeOpenAI, startFakeOpenAI } from '../support/fake-openai';
import { freePort } from '../support/free-port';
import type { Outcome } from './fault';
import { faultTable } from './fault-table';
import { Lab } from './lab';
import { modelFaults } from './model-faults';
import { processFaults } from './process-faults';
import { redisFaults } from './redis-faults';
import { sqliteFaults } from './sqlite-faults';

let fake: FakeOpenAI;
/** Of the faults of the model: a store of its own and little patience. */
let app: AppServer;

beforeAll(async () => {
  fake = await startFakeOpenAI();
  app = await startAppServer({
    OPENAI_API_KEY: 'sk-test',
    OPENAI_BASE_URL: fake.baseUrl,
    OPENAI_MODELS: 'fake-plain',
    KIMI_API_KEY: 'sk-test',
    KIMI_BASE_URL: `http://127.0.0.1:${await freePort()}/v1`,
    KIMI_MODELS: 'away',
    MODEL_FIRST_TOKEN_MS: '1500',
    MODEL_STALL_MS: '1500',
  });
});
afterAll(async () => {
  await app?.dispose();
  await fake?.close();
});

const chapters = [
  {
    title: 'Connections and processes',
    about:
      'One server with SQLite, or two on one Redis. The grace after SIGTERM is 25 s, the lease of a reply 15 s.',
    faults: processFaults,
  },
  {
    title: 'Redis',
    about:
      'One server. It goes on, says what is wrong (`/api/health`: 503 with a reason) and recovers by itself.',
    faults: redisFaults,
  },
  { title: 'SQLite', about: 'The same.', faults: sqliteFaults },
  {
    title: 'The model',
    about: 'One server. The provider’s own words never reach the page.',
    faults: modelFaults(() => app),
  },
];

const found = new Map<string, Outcome>();

describe.concurrent.each(chapters)('$title', ({ faults }) => {
  it.each(faults)('$done', async ({ done, play }) => {
    const lab = new Lab(fake);
    try {
      found.set(done, await play(lab));
    } finally {
      await lab.clear();
    }
  });
});

describe('docs/resilience.md', () => {
  it('is what this run found', async () => {
    const table = faultTable(
      chapters.map(({ title, about, faults }) => ({
        title,
        about,
        rows: faults.map(({ done }) => ({ done, outcome: found.get(done) })),
      })),
    );
    await expect(table).toMatchFileSnapshot('../../docs/resilience.md');
  });
});

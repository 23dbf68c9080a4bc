import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeOpenAI, startFakeOpenAI } from '../support/fake-openai/fake-openai';
import { type AppServer, startAppServer } from '../support/servers/app-server';
import { freePort } from '../support/servers/free-port';
import type { Outcome } from './fault-table';
import { faultTable } from './fault-table';
import { Lab } from './lab';
import { modelFaults } from './model-faults';
import { processFaults } from './process-faults';
import { redisFaults } from './redis-faults';
import { sqliteFaults } from './sqlite-faults';

let fake: FakeOpenAI;
/** The server for the model faults: its own store, short model timeouts. */
let app: AppServer;

beforeAll(async () => {
  fake = await startFakeOpenAI();
  app = await startAppServer({
    OPENAI_API_KEY: 'sk-test',
    OPENAI_BASE_URL: fake.baseUrl,
    OPENAI_MODELS: 'fake-plain',
    KIMI_API_KEY: 'sk-test',
    KIMI_BASE_URL: `http://127.0.0.1:${await freePort()}/v1`,
    KIMI_MODELS: 'unreachable',
    MODEL_FIRST_TOKEN_MS: '1500',
    MODEL_STALL_MS: '1500',
  });
});
afterAll(async () => {
  await app?.dispose();
  await fake?.close();
});

const sections = [
  {
    title: 'Connections and processes',
    about:
      'One server with SQLite, or two that share one Redis. The grace period after SIGTERM is 25 s; the lease of a reply is 15 s.',
    faults: processFaults,
  },
  {
    title: 'Redis',
    about:
      'One server. It keeps running, reports the problem (`/api/health` answers 503 with a reason) and recovers without a restart.',
    faults: redisFaults,
  },
  {
    title: 'SQLite',
    about: 'One server. As with Redis, it keeps running, reports the problem and recovers without a restart.',
    faults: sqliteFaults,
  },
  {
    title: 'The model',
    about: 'One server. The provider’s own error text never reaches the page.',
    faults: modelFaults(() => app),
  },
];

const outcomes = new Map<string, Outcome>();

describe.concurrent.each(sections)('$title', ({ faults }) => {
  it.each(faults)('$title', async ({ title, run }) => {
    const lab = new Lab(fake);
    try {
      outcomes.set(title, await run(lab));
    } finally {
      await lab.dispose();
    }
  });
});

describe('docs/resilience.md', () => {
  it('matches what this run observed', async () => {
    const table = faultTable(
      sections.map(({ title, about, faults }) => ({
        title,
        about,
        rows: faults.map(({ title }) => ({ title, outcome: outcomes.get(title) })),
      })),
    );
    await expect(table).toMatchFileSnapshot('../../docs/resilience.md');
  });
});

/**
 * A separate process that opens the streams of a job, reads them to their end and reports when each first token
 * arrived and whether every token arrived once and in order. It talks to its parent over the IPC channel.
 */
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { createTokenCheck } from './token-check.ts';

export interface StreamJob {
  url: string;
  /** One stream each. */
  requests: { body: string; cookie?: string }[];
  tokens: number;
  /** The streams start evenly over this time; 0 starts all at once. */
  spreadMs: number;
  /** Opens the streams one after another on one warm connection. */
  oneByOne?: boolean;
}

export interface ProbeJob {
  url: string;
  cookie?: string;
  count: number;
  everyMs: number;
}

export interface StreamReport {
  /** From the request to the first token, in ms, for each stream that had one. */
  firstMs: number[];
  tokens: number;
  lost: number;
  doubled: number;
  reordered: number;
  failed: number;
  wallMs: number;
}

export type LoadJob = { stream: StreamJob } | { probe: ProbeJob };

const warm = new Agent({ keepAlive: true, maxSockets: 1 });

async function runStreams({ url, requests, tokens, spreadMs, oneByOne }: StreamJob): Promise<StreamReport> {
  const report = { firstMs: [], tokens: 0, lost: 0, doubled: 0, reordered: 0, failed: 0, wallMs: 0 };
  const agent = oneByOne ? warm : new Agent({ keepAlive: false });
  const startedAt = performance.now();
  const open = async ({ body, cookie }: StreamJob['requests'][number], index: number) => {
    if (spreadMs > 0) await pause((spreadMs * index) / requests.length);
    await readStream(url, { body, cookie, tokens, agent }, report);
  };
  if (oneByOne) for (const one of requests) await open(one, 0);
  else await Promise.all(requests.map(open));
  report.wallMs = performance.now() - startedAt;
  return report;
}

interface StreamRequest {
  body: string;
  cookie?: string;
  tokens: number;
  agent: Agent;
}

function readStream(
  url: string,
  { body, cookie, tokens, agent }: StreamRequest,
  report: StreamReport,
): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(cookie && { cookie }),
  };
  const startedAt = performance.now();
  const check = createTokenCheck(tokens);
  return new Promise((resolve) => {
    const end = () => {
      const { seen, lost, doubled, reordered, complete } = check.result();
      report.tokens += seen;
      report.lost += lost;
      report.doubled += doubled;
      report.reordered += reordered;
      if (!complete) report.failed += 1;
      resolve();
    };
    const outgoing = request(url, { method: 'POST', headers, agent }, (response) => {
      let hasBegun = false;
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        if (check.push(text) && !hasBegun) {
          hasBegun = true;
          report.firstMs.push(performance.now() - startedAt);
        }
      });
      // `close` follows both an end and a broken connection, which is then reported as incomplete.
      response.once('close', end);
    });
    outgoing.once('error', end);
    outgoing.end(body);
  });
}

/** The durations of single requests, in ms. */
async function runProbe({ url, cookie, count, everyMs }: ProbeJob): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < count; n++) {
    const startedAt = performance.now();
    await new Promise<void>((resolve, reject) => {
      const outgoing = request(url, { agent: warm, headers: cookie ? { cookie } : {} }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
        response.resume().once('close', resolve);
      });
      outgoing.once('error', reject);
      outgoing.end();
    });
    const took = performance.now() - startedAt;
    times.push(took);
    if (everyMs > took) await pause(everyMs - took);
  }
  return times;
}

process.on('message', async (job: LoadJob) => {
  process.send?.('stream' in job ? await runStreams(job.stream) : await runProbe(job.probe));
});
process.once('disconnect', () => process.exit());

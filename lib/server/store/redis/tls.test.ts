import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Certificates, makeCertificates } from '@/e2e/support/servers/certificates';
import { RedisServer } from '@/e2e/support/servers/redis';
import { startRedisCluster } from '@/e2e/support/servers/redis-cluster';
import { readSettings, SettingsError } from '@/lib/server/env';
import { SessionClient } from '../contract/session-client';
import { openStore } from '../open-store';

let own: Certificates;
let other: Certificates;
let server: RedisServer;

const tls = ({ certFile, keyFile }: Certificates): string[] => [
  ...['--tls-cert-file', certFile, '--tls-key-file', keyFile],
  ...['--tls-auth-clients', 'no'],
];

beforeAll(async () => {
  own = makeCertificates();
  other = makeCertificates('DNS:another.example');
  server = await RedisServer.start({ tls: true, args: tls(own) });
});
afterAll(async () => {
  await server?.close();
  own?.remove();
  other?.remove();
});

async function opened(variables: Record<string, string>) {
  const store = await openStore(readSettings(variables).store);
  onTestFinished(() => store.close());
  return store;
}

const untrusted = (message: string) => ({
  code: 'store_unavailable',
  reason: 'certificate',
  cause: { cause: { message: expect.stringContaining(message) } },
});

function problemsOf(variables: Record<string, string>): string[] {
  try {
    readSettings(variables);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}

describe('a Redis whose certificate is of an authority of its own', () => {
  const url = () => `rediss://localhost:${server.port}`;

  it.each<[string, () => string]>([
    ['a file', () => own.caFile],
    ['the certificate itself', () => own.ca],
    ['the certificate in one line', () => own.ca.trim().replaceAll('\n', '\\n')],
    ['several certificates', () => `${other.ca}\nA note.\n${own.ca}`],
  ])('is reached with REDIS_CA as %s', async (_, ca) => {
    const store = await opened({ REDIS_URL: url(), REDIS_CA: ca() });
    const client = new SessionClient(store);
    await client.addTurn('a');
    expect(await client.shownIds()).toEqual(['a']);
  });

  it('is not believed without REDIS_CA, and the reason says so', async () => {
    const store = await opened({ REDIS_URL: url() });
    await expect(store.check()).rejects.toMatchObject(untrusted('certificate'));
  });

  it('is not believed with the certificate of another authority', async () => {
    const store = await opened({ REDIS_URL: url(), REDIS_CA: other.caFile });
    await expect(store.check()).rejects.toMatchObject(untrusted('certificate'));
  });

  it('is not believed under a name that is not in its certificate', async () => {
    const impostor = await RedisServer.start({ tls: true, args: tls(other) });
    onTestFinished(() => impostor.close());
    const store = await opened({ REDIS_URL: `rediss://localhost:${impostor.port}`, REDIS_CA: other.caFile });
    await expect(store.check()).rejects.toMatchObject(untrusted('altnames'));
  });

  it('may be a Cluster, of several addresses or of one', async () => {
    const cluster = await startRedisCluster({
      tls: own,
      args: async () => [...tls(own), '--tls-ca-cert-file', own.caFile],
    });
    onTestFinished(() => cluster.close());
    for (const REDIS_URL of [cluster.urls.join(), cluster.urls[1] ?? '']) {
      const store = await opened({ REDIS_URL, REDIS_CA: own.ca });
      for (let guest = 0; guest < 9; guest++) await new SessionClient(store).addTurn('a');
    }
  });
});

describe('REDIS_CA', () => {
  const REDIS_URL = 'rediss://h';
  it('is refused by name where it cannot be used', () => {
    const notOne = join(own.caFile, '..', 'not-a-certificate');
    writeFileSync(notOne, '-----BEGIN CERTIFICATE-----\nbm8=\n-----END CERTIFICATE-----\n');
    const empty = join(own.caFile, '..', 'empty');
    writeFileSync(empty, '');
    expect(
      ['/no/such/file', '/', own.keyFile, empty, notOne, 'text'].map((REDIS_CA) =>
        problemsOf({ REDIS_URL, REDIS_CA }),
      ),
    ).toEqual([
      ['REDIS_CA: is neither a certificate in the PEM form nor a file that can be read (ENOENT)'],
      ['REDIS_CA: is neither a certificate in the PEM form nor a file that can be read (EISDIR)'],
      ['REDIS_CA: has no certificate in the PEM form (-----BEGIN CERTIFICATE-----)'],
      ['REDIS_CA: has no certificate in the PEM form (-----BEGIN CERTIFICATE-----)'],
      ['REDIS_CA: has a certificate that cannot be read'],
      ['REDIS_CA: is neither a certificate in the PEM form nor a file that can be read (ENOENT)'],
    ]);
  });

  it('is refused where the connection is not encrypted, and ignored without REDIS_URL', () => {
    expect(problemsOf({ REDIS_URL: 'redis://h', REDIS_CA: own.caFile })).toEqual([
      'REDIS_CA: is of use only with rediss:// (REDIS_URL has redis://)',
    ]);
    expect(problemsOf({ REDIS_CA: own.caFile, DATA_DIR: ':memory:' })).toEqual([]);
  });
});

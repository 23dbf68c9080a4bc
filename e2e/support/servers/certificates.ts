import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** PEM files: a test certificate authority, and the certificate and key of a server. */
export interface Certificates {
  /** The authority's certificate. */
  ca: string;
  /** Paths. */
  caFile: string;
  certFile: string;
  keyFile: string;
  remove(): void;
}

/** Makes an authority, and a certificate for `names` (`DNS:localhost,IP:127.0.0.1`), by openssl. */
export function makeCertificates(names = 'DNS:localhost,IP:127.0.0.1'): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'confab-certificates-'));
  const file = (name: string): string => join(folder, name);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    file('ca.key'),
    '-out',
    file('ca.pem'),
    '-subj',
    '/CN=Test authority',
  );
  openssl('req', ...key, '-keyout', file('key.pem'), '-out', file('request'), '-subj', '/CN=Test server');
  writeFileSync(file('extensions'), `subjectAltName=${names}\n`);
  const signed = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial'];
  openssl(
    'x509',
    '-req',
    '-in',
    file('request'),
    ...signed,
    '-extfile',
    file('extensions'),
    '-out',
    file('cert.pem'),
  );
  return {
    ca: readFileSync(file('ca.pem'), 'utf8'),
    caFile: file('ca.pem'),
    certFile: file('cert.pem'),
    keyFile: file('key.pem'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function openssl(...args: string[]): void {
  const { status, stderr, error } = spawnSync('openssl', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args[0]}: ${error?.message ?? stderr}`);
}

import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from '@/lib/server/untraced-path';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * The certificates of `REDIS_CA`, which is either PEM text, also with `\n` for line breaks, or the path of a
 * PEM file.
 * @throws Error with what is wrong with it.
 */
export function readCa(value: string, folder: string): string {
  const pem = value.includes('-----BEGIN') ? value.replaceAll('\\n', '\n') : readFile(resolve(folder, value));
  const certificates = pem.match(CERTIFICATE);
  if (!certificates) throw new Error('has no certificate in the PEM form (-----BEGIN CERTIFICATE-----)');
  for (const certificate of certificates) {
    try {
      new X509Certificate(certificate);
    } catch {
      throw new Error('has a certificate that cannot be read');
    }
  }
  return certificates.join('\n');
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Error(`is neither a certificate in the PEM form nor a file that can be read (${code})`);
  }
}

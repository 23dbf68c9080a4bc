import { lookup } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { ChatError } from '@/lib/chat/chat-error';
import { IMAGE_BYTES } from '@/lib/chat/image-limits';
import { megabytes } from '@/lib/chat/strings/format';
import { parseUpload } from '@/lib/server/images/parse-upload';
import type { StoredImage } from '@/lib/server/store/store';
import { isPublicAddress } from './public-address';

/** How other servers are reached; tests replace it with servers on loopback. */
export interface Network {
  lookup: typeof lookup;
  request: typeof request;
  isPublicAddress: (address: string) => boolean;
  /** For the whole fetch, with its lookups and redirects, ms. */
  timeoutMs: number;
}

const INTERNET: Network = { lookup, request, isPublicAddress, timeoutMs: 10_000 };

const MOST_REDIRECTS = 3;

/** They say nothing about the reader or the page, and ask for no encoding that could unpack to much more. */
const HEADERS = {
  accept: 'image/webp,image/png,image/jpeg,image/gif',
  'accept-encoding': 'identity',
  'user-agent': 'Confab',
};

/**
 * Fetches a picture of another site: over https, from public addresses only, at most `IMAGE_BYTES`, and removes its
 * metadata. A name is resolved once per connection, and the connection goes to the addresses that were checked. A
 * redirect is checked like the first address.
 * @throws ChatError `too_large`, `unsupported_image`, or `not_found` for everything else: an answer that tells a
 * refused address from a silent one would show what this server's network looks like.
 */
export async function fetchRemoteImage(address: string, network: Network = INTERNET): Promise<StoredImage> {
  try {
    return parseUpload(await fetchBytes(address, network));
  } catch (cause) {
    if (cause instanceof ChatError) throw cause;
    throw new ChatError('not_found', { message: 'There is no image to show at this address.', cause });
  }
}

async function fetchBytes(address: string, network: Network): Promise<Buffer> {
  const signal = AbortSignal.timeout(network.timeoutMs);
  let url = new URL(address);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    checkUrl(url, network);
    const response = await get(url, network, signal);
    const location = redirectOf(response);
    if (location === null) return await readBody(response);
    response.destroy();
    url = new URL(location, url);
  }
  throw new Error('too many redirects');
}

/** `URL` has already normalized every way to write an IP address. */
function checkUrl(url: URL, { isPublicAddress }: Network): void {
  if (url.protocol !== 'https:') throw new Error('not https');
  if (url.username !== '' || url.password !== '') throw new Error('a name or password in the address');
  if (url.port !== '') throw new Error('not the port of https');
  const host = hostOf(url);
  // The name of a host is checked when it is resolved; an IP address is not resolved.
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw new Error('not a public address');
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');

function get(url: URL, network: Network, signal: AbortSignal): Promise<IncomingMessage> {
  const options = {
    host: hostOf(url),
    path: `${url.pathname}${url.search}`,
    headers: HEADERS,
    // A new connection, because one that is kept open was checked for another request.
    agent: false,
    lookup: publicLookup(network),
    signal,
  };
  return new Promise((resolve, reject) => {
    network.request(options, resolve).on('error', reject).end();
  });
}

/** Resolves a name for a connection, and fails unless all of its addresses are public. */
const publicLookup =
  ({ lookup, isPublicAddress }: Network): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) callback(error ?? new Error('no address'), []);
      else if (!addresses.every(({ address }) => isPublicAddress(address)))
        callback(new Error('not a public address'), []);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };

const REDIRECTS: readonly unknown[] = [301, 302, 303, 307, 308];

function redirectOf({ statusCode, headers }: IncomingMessage): string | null {
  return REDIRECTS.includes(statusCode) && headers.location !== undefined ? headers.location : null;
}

async function readBody(response: IncomingMessage): Promise<Buffer> {
  const { statusCode, headers } = response;
  try {
    if (statusCode !== 200) throw new Error(`status ${statusCode}`);
    if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw new Error('an encoding');
    if (Number(headers['content-length'] ?? 0) > IMAGE_BYTES) throw tooLarge();
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response) {
      size += chunk.byteLength;
      if (size > IMAGE_BYTES) throw tooLarge();
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    response.destroy();
  }
}

const tooLarge = () =>
  new ChatError('too_large', {
    reason: 'image_bytes',
    message: `The image is larger than ${megabytes(IMAGE_BYTES)} MB.`,
  });

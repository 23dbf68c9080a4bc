import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** Below this a packet is sent either way. */
const SMALLEST_BYTES = 1_400;
/** Nearly as small as the default level makes it, in half the time. */
const LEVEL = 4;

/**
 * The answer compressed, if it is JSON of some length and the client takes gzip. Next compresses its pages, but no answer
 * of a route: a page of history is several times as long as it has to be. Other sites cannot measure it (BREACH): they get
 * no answer with a guest's cookie.
 */
export async function compressJson(request: Request, response: Response): Promise<Response> {
  if (!response.headers.get('content-type')?.startsWith('application/json')) return response;
  response.headers.append('vary', 'accept-encoding');
  if (request.method === 'HEAD' || !takesGzip(request.headers.get('accept-encoding'))) return response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  const { status, headers } = response;
  if (bytes.length < SMALLEST_BYTES) return new Response(bytes, { status, headers });
  headers.set('content-encoding', 'gzip');
  headers.delete('content-length');
  const packed = await compress(bytes, { level: LEVEL });
  return new Response(new Uint8Array(packed), { status, headers });
}

/** `gzip;q=0` refuses it (RFC 9110, 12.5.3). */
const takesGzip = (accepted: string | null): boolean =>
  (accepted ?? '').split(',').some((one) => /^\s*(x-)?gzip\s*(;\s*q=(?!0(\.0*)?\s*$)[\d.]+)?\s*$/i.test(one));

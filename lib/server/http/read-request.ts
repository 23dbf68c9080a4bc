import type { z } from 'zod';
import { ChatError, type ErrorDetails } from '@/lib/chat/errors';
import { currentGuest } from '@/lib/server/identity/identify';
import type { Services } from '@/lib/server/services';
import { idSchema, parseWith } from './request-schemas';

/** The longest body: 32,000 characters at their most costly in JSON, with room around them. */
const BODY_BYTES = 1_000_000;

/** @throws ChatError `too_large`, or `bad_request` for what is not JSON. */
export async function readJson(request: Request): Promise<unknown> {
  const text = (await readBytes(request, BODY_BYTES)).toString('utf8');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ChatError('bad_request', { message: 'The body is not JSON.', cause });
  }
}

/**
 * The body, if it has at most so many bytes. Reads no further than that, whatever the length was said to be.
 * @throws ChatError `too_large` with these details.
 */
export async function readBytes(request: Request, most: number, details: ErrorDetails = {}): Promise<Buffer> {
  if (Number(request.headers.get('content-length') ?? 0) > most) throw new ChatError('too_large', details);
  if (!request.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > most) throw new ChatError('too_large', details);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @throws ChatError `bad_request` that names the parameter. */
export const readQuery = <T>(request: Request, schema: z.ZodType<T>): T =>
  parseWith(schema, Object.fromEntries(new URL(request.url).searchParams));

/** @throws ChatError `bad_request`. */
export const readId = (id: string): string => parseWith(idSchema, id);

/** The owner of what this request may change. @throws ChatError `not_found`: a stranger owns nothing. */
export async function ownerOf(request: Request, { secret }: Services): Promise<string> {
  const guest = await currentGuest(request, secret);
  if (!guest) throw new ChatError('not_found');
  return guest.owner;
}

import type { z } from 'zod';
import { ChatError, type ErrorDetails } from '@/lib/chat/chat-error';
import { checkDevice } from '@/lib/server/guests/check-device';
import type { Guest } from '@/lib/server/identity/guest-cookie';
import { currentGuest } from '@/lib/server/identity/identify';
import type { Services } from '@/lib/server/services';
import { idSchema, parseWith } from './request-schemas';

/** Room for the longest message with every character escaped in JSON, and the other fields. */
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
 * The body, of at most `most` bytes. Stops reading there, whatever the `Content-Length` says.
 * @throws ChatError `too_large` with these details, or `bad_request` if it ends early.
 */
export async function readBytes(request: Request, most: number, details: ErrorDetails = {}): Promise<Buffer> {
  if (Number(request.headers.get('content-length') ?? 0) > most) throw new ChatError('too_large', details);
  if (!request.body) return Buffer.alloc(0);
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      // The browser went away, or the front server stopped waiting. It is not our failure.
      throw new ChatError('bad_request', { message: 'The body ended before it was complete.', cause });
    });
    if (done) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > most) {
      void reader.cancel().catch(() => undefined);
      throw new ChatError('too_large', details);
    }
    chunks.push(value);
  }
}

/** @throws ChatError `bad_request` that names the parameter. */
export const readQuery = <T>(request: Request, schema: z.ZodType<T>): T =>
  parseWith(schema, Object.fromEntries(new URL(request.url).searchParams));

/** @throws ChatError `bad_request`. */
export const readId = (id: string): string => parseWith(idSchema, id);

/** The guest of this request, or null. @throws ChatError `unauthorized` if its device was signed out. */
export async function guestOf(request: Request, services: Services): Promise<Guest | null> {
  const guest = await currentGuest(request, services, Date.now());
  if (guest) await checkDevice(services, guest, request);
  return guest;
}

/** @throws ChatError `not_found` without a guest cookie, `unauthorized` if the device was signed out. */
export async function mustBeGuest(request: Request, services: Services): Promise<Guest> {
  const guest = await guestOf(request, services);
  if (!guest) throw new ChatError('not_found');
  return guest;
}

/** The owner that this request acts for. @throws as `mustBeGuest`. */
export const ownerOf = async (request: Request, services: Services): Promise<string> =>
  (await mustBeGuest(request, services)).owner;

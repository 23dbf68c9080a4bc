import { z } from 'zod';
import { ChatError } from '@/lib/chat/errors';
import { knownGuest } from '@/lib/server/identity/identify';
import type { Services } from '@/lib/server/services';
import { idSchema, parseWith } from '@/lib/server/turns/send-request';

/** The longest body: 32,000 characters at their most costly in JSON, with room around them. */
const BODY_BYTES = 1_000_000;

/** @throws ChatError `too_large`, or `bad_request` for what is not JSON. */
export async function readJson(request: Request): Promise<unknown> {
  if (Number(request.headers.get('content-length') ?? 0) > BODY_BYTES) throw new ChatError('too_large');
  const text = await bodyText(request);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ChatError('bad_request', { message: 'The body is not JSON.', cause });
  }
}

/** Reads no further than the limit, whatever the length was said to be. */
async function bodyText(request: Request): Promise<string> {
  if (!request.body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > BODY_BYTES) throw new ChatError('too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const limit = z.coerce.number().int().min(1).max(200).default(50);

/** The parameters of the calls that read. */
export const queries = {
  session: z.object({ sessionId: idSchema }),
  turn: z.object({ sessionId: idSchema, turnId: idSchema }),
  history: z.object({ sessionId: idSchema, limit, before: idSchema.optional() }),
  sessions: z.object({ assistantId: idSchema.optional(), limit, before: idSchema.optional() }),
};

/** @throws ChatError `bad_request` that names the parameter. */
export const readQuery = <T>(request: Request, fields: z.ZodType<T>): T =>
  parseWith(fields, Object.fromEntries(new URL(request.url).searchParams));

/** @throws ChatError `bad_request`. */
export const readId = (id: string): string => parseWith(idSchema, id);

/** The owner of what this request may change. @throws ChatError `not_found`: a stranger owns nothing. */
export async function ownerOf(request: Request, { secret }: Services): Promise<string> {
  const guest = await knownGuest(request, secret);
  if (!guest) throw new ChatError('not_found');
  return guest.owner;
}

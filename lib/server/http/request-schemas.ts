import { z } from 'zod';
import { ChatError } from '@/lib/chat/chat-error';
import { DEVICE_NAME_LIMIT } from '@/lib/chat/device';
import { isId } from '@/lib/chat/ids';
import { IMAGES_PER_TURN } from '@/lib/chat/image-limits';
import { CONTENT_LIMIT, isTooLong, wellFormed } from '@/lib/chat/text/content';
import type {
  AccessBody,
  DeviceChange,
  HistoryQuery,
  RemoteImageQuery,
  SendBody,
  SessionChange,
  SessionQuery,
  SessionsQuery,
  TurnQuery,
} from '@/lib/chat/wire';
import { knownTimeZone } from '@/lib/server/turns/date-in-zone';

/** A schema for every field of a request in `lib/chat/wire.ts`: a field without one does not compile. */
type FieldsOf<T> = { [K in keyof T]-?: z.ZodType<T[K]> };

export const idSchema = z.string().refine(isId, 'must be 1 to 64 of A-Z, a-z, 0-9, - and _');

const limit = z.coerce.number().int().min(1).max(200).default(50);

/** The queries of the calls that have one. */
export const queries = {
  session: z.object({ sessionId: idSchema } satisfies FieldsOf<SessionQuery>),
  turn: z.object({ sessionId: idSchema, turnId: idSchema } satisfies FieldsOf<TurnQuery>),
  history: z.object({
    sessionId: idSchema,
    limit,
    before: idSchema.optional(),
  } satisfies FieldsOf<HistoryQuery>),
  sessions: z.object({
    assistantId: idSchema.optional(),
    limit,
    before: idSchema.optional(),
  } satisfies FieldsOf<SessionsQuery>),
  remoteImage: z.object({ url: z.string().min(1).max(4_000) } satisfies FieldsOf<RemoteImageQuery>),
};

const sendSchema = z.object({
  sessionId: idSchema,
  assistantId: idSchema,
  turnId: idSchema,
  content: z.string(),
  parentId: idSchema.nullable().optional(),
  lastTurnId: idSchema.optional(),
  images: z.array(idSchema).max(IMAGES_PER_TURN).optional(),
  model: z.string().min(1).max(200).optional(),
  continueFrom: idSchema.optional(),
  output: z.enum(['text', 'image']).optional(),
  // Not refused: a browser may know a zone that this server does not, and only the date depends on it.
  timeZone: z.string().transform(knownTimeZone).optional(),
} satisfies FieldsOf<SendBody>);

const sessionChangeSchema = z.object({
  title: z.string().max(2_000).optional(),
  pinned: z.boolean().optional(),
  headTurnId: idSchema.optional(),
  ttlDays: z.number().min(0).max(36_500).optional(),
} satisfies FieldsOf<SessionChange>);

const accessSchema = z.object({ code: z.string().max(1_000) } satisfies FieldsOf<AccessBody>);

const deviceChangeSchema = z.object({
  name: z
    .string()
    .transform((name) => wellFormed(name).trim())
    .refine((name) => name !== '' && name.length <= DEVICE_NAME_LIMIT, 'must have 1 to 60 characters'),
} satisfies FieldsOf<DeviceChange>);

/** A checked send: its image ids are unique, and its content is well formed. */
export type SendRequest = z.infer<typeof sendSchema> & { images: string[] };

/** @throws ChatError `bad_request` that names the field, or `too_large`. */
export function parseSend(body: unknown): SendRequest {
  const send = parseWith(sendSchema, body);
  if (send.output === 'image')
    throw new ChatError('bad_request', { message: 'output: only text is supported' });
  const images = [...new Set(send.images)];
  if (send.content.trim() === '' && images.length === 0 && send.continueFrom === undefined)
    throw new ChatError('bad_request', { message: 'content: must not be empty without images' });
  if (isTooLong(send.content)) {
    const limitText = CONTENT_LIMIT.toLocaleString('en');
    throw new ChatError('too_large', { message: `content: is longer than ${limitText} characters` });
  }
  return { ...send, images, content: wellFormed(send.content) };
}

/** @throws ChatError `bad_request` that names the field. */
export const parseSessionChange = (body: unknown): SessionChange => parseWith(sessionChangeSchema, body);

/** @throws ChatError `bad_request` that names the field. */
export const parseAccess = (body: unknown): AccessBody => parseWith(accessSchema, body);

/** @throws ChatError `bad_request` that names the field. */
export const parseDeviceChange = (body: unknown): DeviceChange => parseWith(deviceChangeSchema, body);

/**
 * Fields that a schema does not have are ignored. @throws ChatError `bad_request` that names every field that
 * is wrong.
 */
export function parseWith<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  throw new ChatError('bad_request', { message: problems.join('; ').slice(0, 500) });
}

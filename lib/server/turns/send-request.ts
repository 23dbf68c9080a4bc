import { z } from 'zod';
import { isTooLong, wellFormed } from '@/lib/chat/content';
import { ChatError } from '@/lib/chat/errors';
import { isId } from '@/lib/chat/ids';
import { IMAGES_PER_TURN } from '@/lib/chat/image-limits';

export const idSchema = z.string().refine(isId, 'must be 1 to 64 of A-Z, a-z, 0-9, - and _');

/** The body of a send. Fields that are not known are ignored. */
const schema = z.object({
  sessionId: idSchema,
  assistantId: idSchema,
  turnId: idSchema,
  content: z.string(),
  parentId: idSchema.nullable().optional(),
  images: z.array(idSchema).max(IMAGES_PER_TURN).optional(),
  model: z.string().min(1).max(200).optional(),
  continueFrom: idSchema.optional(),
  output: z.enum(['text', 'image']).optional(),
});

export type SendRequest = z.infer<typeof schema> & { images: string[] };

/** @throws ChatError `bad_request` that names the field, or `too_large`. */
export function parseSend(body: unknown): SendRequest {
  const send = parseWith(schema, body);
  if (send.output === 'image')
    throw new ChatError('bad_request', { message: 'output: only text is supported' });
  const images = [...new Set(send.images)];
  if (send.content.trim() === '' && images.length === 0 && send.continueFrom === undefined)
    throw new ChatError('bad_request', { message: 'content: must not be empty without images' });
  if (isTooLong(send.content))
    throw new ChatError('too_large', { message: 'content: is longer than 32,000 characters' });
  return { ...send, images, content: wellFormed(send.content) };
}

/** @throws ChatError `bad_request` that names every field that is wrong. */
export function parseWith<T>(fields: z.ZodType<T>, value: unknown): T {
  const parsed = fields.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  throw new ChatError('bad_request', { message: problems.join('; ').slice(0, 500) });
}

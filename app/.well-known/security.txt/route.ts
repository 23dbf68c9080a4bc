import { handle } from '@/lib/server/http/respond';
import { securityTxt } from '@/lib/server/http/security-txt';

export const dynamic = 'force-dynamic';

/** Whom to tell of a security problem (RFC 9116). */
export const GET = (request: Request): Promise<Response> =>
  handle(request, {}, async ({ settings }) => securityTxt(settings, Date.now()));

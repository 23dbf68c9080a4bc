import { type NextRequest, NextResponse } from 'next/server';
import { isDevelopment } from '@/lib/server/env';
import { refusePage } from '@/lib/server/http/respond';
import { contentSecurityPolicy } from '@/lib/server/http/security-policy';
import { pageCookie } from '@/lib/server/identity/page-cookie';

/** Refuses what is not a visit of the page, adds the content security policy to the page's response, and issues or renews the guest cookie. */
export async function proxy(request: NextRequest): Promise<Response> {
  const refusal = await refusePage(request);
  if (refusal) return refusal;
  const nonce = crypto.randomUUID();
  const policy = contentSecurityPolicy(nonce, isDevelopment);
  const headers = new Headers(request.headers);
  // Next takes the nonce from this request header for its own scripts.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  const setCookie = await pageCookie(request);
  if (setCookie) response.headers.append('set-cookie', setCookie);
  return response;
}

export const config = { matcher: '/((?!api/|_next/|.*\\.[a-z0-9]+$).*)' };

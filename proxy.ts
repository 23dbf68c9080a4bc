import { type NextRequest, NextResponse } from 'next/server';
import { withBasePath, withoutBasePath } from '@/lib/chat/site-path';
import { type PageAccess, pageAccess } from '@/lib/server/access/page-access';
import { isDevelopment } from '@/lib/server/env';
import { errorResponse, refusePage } from '@/lib/server/http/respond';
import { secureResponse } from '@/lib/server/http/security-headers';
import { contentSecurityPolicy } from '@/lib/server/http/security-policy';
import { pageCookie } from '@/lib/server/identity/page-cookie';
import { inRequest } from '@/lib/server/request-context';

/**
 * Refuses requests that are not visits, sends visits without access to the access page, adds the content security
 * policy to the response, and sets or renews the cookies.
 */
export function proxy(request: NextRequest): Promise<Response> {
  return inRequest(request, async (requestId) => {
    const response = await answer(request, requestId);
    response.headers.set('x-request-id', requestId);
    return response;
  });
}

async function answer(request: NextRequest, requestId: string): Promise<Response> {
  const refusal = await refusePage(request);
  if (refusal) return refusal;
  let access: PageAccess;
  try {
    access = await pageAccess(request);
  } catch (error) {
    return secureResponse(errorResponse(request, error), false);
  }
  if (access.goTo !== null) return redirect(access.goTo, request);
  const nonce = crypto.randomUUID();
  const policy = contentSecurityPolicy(nonce, isDevelopment);
  const headers = new Headers(request.headers);
  // Next takes the nonce from this request header for its own scripts.
  headers.set('content-security-policy', policy);
  // Next renders the page outside this call, so the id is passed on in this header.
  headers.set('x-request-id', requestId);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  const setCookie =
    withoutBasePath(request.nextUrl.pathname) === '/access' ? null : await pageCookie(request);
  for (const cookie of [access.setCookie, setCookie])
    if (cookie) response.headers.append('set-cookie', cookie);
  return response;
}

/** Next makes the address relative again, so that it holds behind any proxy. */
function redirect(path: string, request: NextRequest): Response {
  const response = NextResponse.redirect(new URL(withBasePath(path), request.url), 307);
  response.headers.set('cache-control', 'no-store');
  return response;
}

/** The front page by itself, because under a base path the pattern wants a slash after it. */
export const config = { matcher: ['/', '/((?!api/|_next/|.*\\.[a-z0-9]+$).*)'] };

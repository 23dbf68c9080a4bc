import { vi } from 'vitest';

type Handler = (request: Request, context: { params: Promise<{ id: string }> }) => Promise<Response>;

/** The handlers of `app/api`, found by method and path; undefined if there is none. */
export async function loadRouteHandlers(): Promise<
  (method: string, path: string) => ((request: Request) => Promise<Response>) | undefined
> {
  // `after` keeps a serverless function alive. It throws outside of the framework.
  vi.doMock('next/server', () => ({ after: () => undefined }));
  const files: [string, Record<string, unknown>][] = [
    ['/api/health', { ...(await import('@/app/api/health/route')) }],
    ['/api/models', { ...(await import('@/app/api/models/route')) }],
    ['/api/images', { ...(await import('@/app/api/images/route')) }],
    ['/api/guest', { ...(await import('@/app/api/guest/route')) }],
    ['/api/guest/data', { ...(await import('@/app/api/guest/data/route')) }],
    ['/api/guest/devices/[id]', { ...(await import('@/app/api/guest/devices/[id]/route')) }],
    ['/api/chat/stream', { ...(await import('@/app/api/chat/stream/route')) }],
    ['/api/chat/history', { ...(await import('@/app/api/chat/history/route')) }],
    ['/api/chat/sessions', { ...(await import('@/app/api/chat/sessions/route')) }],
    ['/api/chat/sessions/[id]', { ...(await import('@/app/api/chat/sessions/[id]/route')) }],
    ['/api/chat/sessions/[id]/restore', { ...(await import('@/app/api/chat/sessions/[id]/restore/route')) }],
    ['/api/chat/turns/[id]', { ...(await import('@/app/api/chat/turns/[id]/route')) }],
    ['/api/chat/turns/[id]/restore', { ...(await import('@/app/api/chat/turns/[id]/restore/route')) }],
  ];
  const routes = files.map(([path, methods]) => ({
    pattern: new RegExp(`^${path.replace('[id]', '([^/]+)')}$`),
    methods,
  }));
  return (method, path) => {
    for (const { pattern, methods } of routes) {
      const match = pattern.exec(path);
      const handler = match && methods[method];
      if (isHandler(handler)) {
        const params = Promise.resolve({ id: match?.[1] ?? '' });
        return (request) => handler(request, { params });
      }
    }
    return undefined;
  };
}

const isHandler = (value: unknown): value is Handler => typeof value === 'function';

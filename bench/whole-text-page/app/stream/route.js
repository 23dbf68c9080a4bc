/** The route of a typical tutorial: it pipes the model's bytes and stores nothing. */
export const dynamic = 'force-dynamic';

export async function POST(request) {
  const upstream = await fetch(`${process.env.MODEL}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: await request.text(),
  });
  return new Response(upstream.body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
    },
  });
}

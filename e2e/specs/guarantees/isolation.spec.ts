import { ChatPage } from '../../pages/chat-page';
import { expect, test } from '../../support/fixtures';
import { eventsOf, Guest, refusalOf } from '../../support/guest';

test.beforeEach(({ fake }) => fake.reset());

test('a guest sees nothing of another guest’s conversations', async ({ chat, browser, app }) => {
  await chat.open();
  await chat.ask('between us');
  const context = await browser.newContext();
  try {
    const other = new ChatPage(await context.newPage());
    await other.open(app.url);
    await expect(other.welcome('What’s on your mind?')).toBeVisible();
    await other.menu.open();
    await expect(other.menu.dialog).toContainText('No conversations yet.');
    await expect(other.page.getByText('between us')).toHaveCount(0);
  } finally {
    await context.close();
  }
});

test('another guest’s session looks like an unknown one: empty to read, 404 to change', async ({
  request,
  playwright,
  app,
}) => {
  const owner = new Guest(request);
  const body = Guest.body({ content: 'mine alone' });
  await owner.events(body);
  const api = await playwright.request.newContext({ baseURL: app.url });
  try {
    const other = new Guest(api);
    await other.events(Guest.body());
    const history = await other.history(body.sessionId);
    expect(history).toMatchObject({ assistantId: null, total: 0, turns: [], activeTurnId: null });
    expect((await other.sessions()).total).toBe(1);
    const { sessionId, turnId } = body;
    const answers = await Promise.all([
      api.patch(`/api/chat/sessions/${sessionId}`, { data: { title: 'taken' } }),
      api.delete(`/api/chat/sessions/${sessionId}`),
      api.post(`/api/chat/sessions/${sessionId}/restore`),
      api.delete(`/api/chat/history?sessionId=${sessionId}`),
      api.get(`/api/chat/stream?sessionId=${sessionId}&turnId=${turnId}`),
      api.delete(`/api/chat/stream?sessionId=${sessionId}&turnId=${turnId}`),
    ]);
    for (const answer of answers)
      expect(await refusalOf(answer), answer.url()).toEqual({ status: 404, code: 'not_found' });
  } finally {
    await api.dispose();
  }
  expect((await owner.history(body.sessionId)).turns).toMatchObject([{ user: { content: 'mine alone' } }]);
});

test('a tampered cookie gives no access', async ({ request, playwright, app }) => {
  const owner = new Guest(request);
  const body = Guest.body();
  await owner.events(body);
  const { cookies } = await request.storageState();
  const cookie = cookies.map(({ name, value }) => `${name}=${value.slice(0, -2)}AA`).join('; ');
  expect(cookie).toMatch(/=/);
  const api = await playwright.request.newContext({ baseURL: app.url, extraHTTPHeaders: { cookie } });
  try {
    expect((await new Guest(api).history(body.sessionId)).turns).toEqual([]);
  } finally {
    await api.dispose();
  }
});

test('a stream begins with the turn and ends with the stored one, which the history returns unchanged', async ({
  request,
}) => {
  const guest = new Guest(request);
  const body = Guest.body({ content: '[[reasoning]] why?' });
  const response = await guest.send(body);
  expect(response.headers()).toMatchObject({
    'cache-control': 'no-cache, no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  const events = await eventsOf(response);
  expect(events[0]).toMatchObject({ type: 'turn', turn: { id: body.turnId, status: 'streaming' } });
  const end = events.at(-1);
  expect(end).toMatchObject({
    type: 'end',
    turn: { status: 'done', reply: { reasoning: 'First I think.', content: 'Then I answer.' } },
  });
  const history = await guest.history(body.sessionId);
  expect(history.turns).toEqual(end?.type === 'end' ? [end.turn] : []);
});

test('the same turn id sent twice is one turn, and other content under it is refused', async ({
  request,
  fake,
}) => {
  const guest = new Guest(request);
  const body = Guest.body({ content: 'said twice' });
  await guest.events(body);
  const again = await guest.events(body);
  expect(again.map(({ type }) => type)).toEqual(['turn', 'end']);
  expect(fake.requests).toHaveLength(1);
  expect(await refusalOf(await guest.send({ ...body, content: 'said otherwise' }))).toEqual({
    status: 422,
    code: 'turn_mismatch',
  });
  expect((await guest.history(body.sessionId)).total).toBe(1);
});

test('the same turn sent twice at once is one call to the model', async ({ request, fake }) => {
  const guest = new Guest(request);
  await guest.events(Guest.body());
  fake.reset();
  const body = Guest.body({ content: 'both at once' });
  const [one, two] = await Promise.all([guest.events(body), guest.events(body)]);
  expect(one.at(-1)).toEqual(two.at(-1));
  expect(fake.requests).toHaveLength(1);
});

test('a session has at most one live turn and belongs to one assistant', async ({ request, fake }) => {
  const guest = new Guest(request);
  const first = Guest.body({ content: '[[hold]] taking its time' });
  const live = guest.events(first);
  await fake.received(first.content);
  const { sessionId } = first;
  const second = await guest.send(Guest.body({ sessionId }));
  expect(second.status()).toBe(409);
  expect((await second.json()).error).toMatchObject({
    code: 'turn_in_progress',
    activeTurnId: first.turnId,
  });
  fake.release();
  expect((await live).at(-1)).toMatchObject({ type: 'end', turn: { status: 'done' } });
  expect(await refusalOf(await guest.send(Guest.body({ sessionId, assistantId: 'teacher' })))).toEqual({
    status: 409,
    code: 'wrong_assistant',
  });
});

const bad = { status: 400, code: 'bad_request' };
for (const { what, body, refusal } of [
  { what: 'invalid JSON', body: '{"sessionId":', refusal: bad },
  { what: 'a list as its body', body: [], refusal: bad },
  { what: 'no content', body: { ...Guest.body(), content: undefined }, refusal: bad },
  { what: 'content of the wrong type', body: { ...Guest.body(), content: 7 }, refusal: bad },
  { what: 'blank content', body: Guest.body({ content: ' \n' }), refusal: bad },
  { what: 'an unknown assistant', body: Guest.body({ assistantId: 'nobody' }), refusal: bad },
  { what: 'an unknown model', body: Guest.body({ model: 'openai:never-heard-of' }), refusal: bad },
  { what: 'a separator in an id', body: Guest.body({ sessionId: 'a:b' }), refusal: bad },
  { what: 'a control character in an id', body: Guest.body({ turnId: 'a\u0000b' }), refusal: bad },
  {
    what: 'content over the limit',
    body: Guest.body({ content: 'x'.repeat(32_001) }),
    refusal: { status: 413, code: 'too_large' },
  },
]) {
  test(`a send request with ${what} is refused with an error code, and nothing is stored`, async ({
    request,
    fake,
  }) => {
    const guest = new Guest(request);
    await guest.events(Guest.body());
    fake.reset();
    const response = await request.post('/api/chat/stream', {
      headers: { 'content-type': 'application/json' },
      data: typeof body === 'string' ? Buffer.from(body) : body,
    });
    expect(await refusalOf(response)).toEqual(refusal);
    expect((await guest.sessions()).total).toBe(1);
    expect(fake.requests).toEqual([]);
  });
}

test('malformed parameters are refused on reads too', async ({ request }) => {
  for (const path of [
    '/api/chat/history?sessionId=a%00b',
    '/api/chat/history',
    '/api/chat/stream?sessionId=a%3Ab&turnId=x',
    '/api/chat/sessions?limit=minus',
  ])
    expect(await refusalOf(await request.get(path)), path).toEqual(bad);
});

test('text is stored exactly as sent, with lone surrogates replaced', async ({ request, fake }) => {
  const content = 'emoji 👩‍👩‍👧 \u202Eright to left שלום\u200B zero\u0000width \r\n\ttab " \\ \uD800 end ';
  const expected = content.replace('\uD800', '\uFFFD');
  const guest = new Guest(request);
  const body = Guest.body({ content });
  await guest.events(body);
  expect((await guest.history(body.sessionId)).turns[0]?.user.content).toBe(expected);
  expect((await fake.request(0)).lastUser).toBe(expected);
  // Sent again, the turn is compared after the replacement.
  expect((await guest.events(body)).at(-1)).toMatchObject({ type: 'end' });
});

test('responses with a guest’s data are never cached, and reads create no guest', async ({ request }) => {
  const response = await request.get('/api/chat/sessions');
  expect(response.headers()['cache-control']).toContain('no-store');
  expect(response.headers()['set-cookie']).toBeUndefined();
});

import { expect, it } from 'vitest';
import { AnswersInFlight } from './answers-in-flight';

const large = async () => Response.json({ text: 'x'.repeat(200_000) }, { headers: { 'x-own': '1' } });
const small = async () => Response.json({ text: 'x' });
const MANY = 16;

async function fill(answers: AnswersInFlight, address: string): Promise<Response[]> {
  return Promise.all(Array.from({ length: MANY }, () => answers.count(address, large)));
}

it('refuses only the address that leaves too many large answers unread', async () => {
  const answers = new AnswersInFlight();
  await fill(answers, '203.0.113.7');
  await expect(answers.count('203.0.113.7', large)).rejects.toMatchObject({
    code: 'rate_limited',
    retryAfterMs: 2_000,
  });
  expect((await answers.count('203.0.113.8', large)).status).toBe(200);
});

it.each([
  ['has been read', (response: Response) => response.text()],
  ['was given up', (response: Response) => response.body?.cancel()],
])('lets another through once one %s', async (_, take) => {
  const answers = new AnswersInFlight();
  const [first] = await fill(answers, '203.0.113.7');
  if (first) await take(first);
  await answers.count('203.0.113.7', large);
  await expect(answers.count('203.0.113.7', large)).rejects.toMatchObject({ code: 'rate_limited' });
});

it('counts neither small answers nor those that fail', async () => {
  const answers = new AnswersInFlight();
  for (let n = 0; n < 3 * MANY; n++) await answers.count('203.0.113.7', small);
  for (let n = 0; n < 3 * MANY; n++)
    await answers
      .count('203.0.113.7', async () => {
        throw new Error('no');
      })
      .catch(() => undefined);
  await fill(answers, '203.0.113.7');
});

it('changes nothing about an answer', async () => {
  const answers = new AnswersInFlight();
  for (const answer of [large, small]) {
    const [counted, plain] = [await answers.count('203.0.113.7', answer), await answer()];
    expect(Object.fromEntries(counted.headers)).toEqual(Object.fromEntries(plain.headers));
    expect(await counted.text()).toBe(await plain.text());
  }
});

it('provides a piece only when the reader has room for it', async () => {
  const { body } = await new AnswersInFlight().count('203.0.113.7', large);
  const { value } = (await body?.getReader().read()) ?? {};
  expect(value?.length).toBe(64 * 1024);
});

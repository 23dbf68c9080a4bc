import { must } from '../../support/run-checks';
import { eventually, type VercelCheck } from '../vercel-check';
import type { VercelLab } from '../vercel-lab';
import type { ReplyReader, Visitor } from '../visitor';

/** The lease of a reply. Its turn is never settled before this has passed. */
const LEASE_MS = 15_000;
/** The lease, 15 s in which the store has to answer, and the reads before each of them. */
const SETTLED_WITHIN_MS = 60_000;

/** A reply whose function is ended in the middle of it. `at`: when its stream broke off. */
async function cutReply(lab: VercelLab): Promise<{ guest: Visitor; reply: ReplyReader; at: number }> {
  // The product assumes its own `maxDuration` of 300 s.
  const site = await lab.site();
  site.endsAfter = 4;
  const guest = await lab.guest(site);
  const reply = await guest.send('[[hold]] cut me');
  await lab.release('cut me', 3);
  await reply.hasText('part3');
  const how = await reply.ended;
  must(how === 'cut', `the stream ended with ${how}`);
  must(site.log.includes('FUNCTION_INVOCATION_TIMEOUT after 4 s'), 'the function was not ended');
  // Whoever looks for the reply is not in a hurry.
  site.endsAfter = undefined;
  await site.endInstances();
  return { guest, reply, at: reply.endedAt };
}

const isInterrupted = ({ status }: { status: string }): boolean => status === 'interrupted';

export const timeLimits: VercelCheck[] = [
  {
    name: 'reply-time-limit',
    promise: 'a reply that outlives its function ends as `interrupted` before that, and can be continued',
    run: async (lab) => {
      // The function would be ended after 12 s; a reply gets 10 s less, as on Vercel.
      const site = await lab.site({ environment: { ...lab.store, MAX_REPLY_SECONDS: '2' } });
      site.endsAfter = 12;
      const guest = await lab.guest(site);
      const startedAt = Date.now();
      const reply = await guest.send('[[hold]] a long reply');
      await lab.release('a long reply', 3);
      const how = await reply.ended;
      const seconds = ((reply.endedAt - startedAt) / 1_000).toFixed(1);
      const seen = `${how} after ${seconds} s: ${reply.turn.status}, “${reply.turn.reply.content.trim()}”`;
      must(how === 'end' && isInterrupted(reply.turn), seen);
      must(reply.turn.reply.content.includes('part1 part2 part3'), seen);
      const saved = await guest.turn(reply.body.sessionId);
      must(
        isInterrupted(saved) && saved.reply.content === reply.turn.reply.content,
        `stored: ${saved.status}`,
      );
      must(!site.log.includes('FUNCTION_INVOCATION_TIMEOUT'), 'the function was ended');

      const more = await guest.send('', {
        sessionId: reply.body.sessionId,
        continueFrom: reply.body.turnId,
      });
      must(
        (await more.ended) === 'end' && more.turn.status === 'done',
        `Continue ended as ${more.turn.status}`,
      );
      must(more.turn.reply.content.startsWith(saved.reply.content), `Continue: ${more.turn.reply.content}`);
      return `${seen}; continued to “${more.turn.reply.content.trim().slice(-30)}”`;
    },
  },
  {
    name: 'ended-while-read',
    promise:
      'a reply whose function was ended is `interrupted` for whoever reads on, once its lease has run out',
    run: async (lab) => {
      const { guest, reply, at } = await cutReply(lab);
      const again = await guest.follow(reply);
      const how = await again.ended;
      must(how === 'end', `the second stream ended with ${how}`);
      const { turn } = again;
      const after = Date.now() - at;
      const seen = `${turn.status} ${(after / 1_000).toFixed(1)} s after the cut, “${turn.reply.content.trim()}”`;
      must(isInterrupted(turn) && turn.reply.content.includes('part3'), seen);
      must(after > LEASE_MS - 2_000 && after < SETTLED_WITHIN_MS, seen);
      return seen;
    },
  },
  {
    name: 'ended-and-read-seldom',
    promise: 'it is settled too if it is only read every 8 s, by functions that are frozen in between',
    run: async (lab) => {
      const { guest, reply, at } = await cutReply(lab);
      const turn = await eventually(() => guest.turn(reply.body.sessionId), isInterrupted, {
        withinMs: SETTLED_WITHIN_MS,
        everyMs: 8_000,
      });
      return `${turn.status} at most ${((Date.now() - at) / 1_000).toFixed(1)} s after the cut, “${turn.reply.content.trim()}”`;
    },
  },
];

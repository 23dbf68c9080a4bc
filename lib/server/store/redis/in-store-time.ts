import type { Store } from '../store';
import { storeUnavailable } from '../store-error';
import type { StoreClock } from './store-clock';

/**
 * Wraps a store so that it uses its own clock instead of the callers'. Converts `now` and the end of a lease
 * to the store's time, and returned leases back to the caller's time.
 */
export function inStoreTime(store: Store, clock: StoreClock): Store {
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        const [request] = args;
        if (!isTimed(request)) return Reflect.apply(member, target, args);
        const ahead = await clock.aheadMs().catch((error: unknown) => {
          throw storeUnavailable(error);
        });
        if (ahead === 0) return Reflect.apply(member, target, args);
        return withLeases(await Reflect.apply(member, target, [moved(request, ahead)]), -ahead);
      };
    },
  });
}

type Timed = { now: number; endsAt?: unknown; lease?: unknown };

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isTimed = (value: unknown): value is Timed =>
  isObject(value) && 'now' in value && typeof value.now === 'number';

function moved(request: Timed, by: number): Timed {
  const { now, endsAt, lease } = request;
  return {
    ...request,
    now: now + by,
    ...(typeof endsAt === 'number' && { endsAt: endsAt + by }),
    ...(isObject(lease) && { lease: movedLease(lease, by) }),
  };
}

const movedLease = (lease: object, by: number): object =>
  'endsAt' in lease && typeof lease.endsAt === 'number' ? { ...lease, endsAt: lease.endsAt + by } : lease;

/**
 * The answer with its leases converted: those of a stored turn, of one in `stored`, and of those in `turns`.
 */
function withLeases(answer: unknown, by: number): unknown {
  if (!isObject(answer)) return answer;
  if ('lease' in answer && isObject(answer.lease)) return { ...answer, lease: movedLease(answer.lease, by) };
  if ('stored' in answer) return { ...answer, stored: withLeases(answer.stored, by) };
  if ('turns' in answer && Array.isArray(answer.turns))
    return { ...answer, turns: answer.turns.map((turn: unknown) => withLeases(turn, by)) };
  return answer;
}

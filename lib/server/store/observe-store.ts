import { ChatError } from '@/lib/chat/errors';
import type { StorePulse } from '@/lib/server/store-pulse';
import type { Store } from './store';

/** Wraps a store so that each of its answers and failures is reported to the pulse. */
export function observeStore(store: Store, pulse: StorePulse): Store {
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        try {
          const answer: unknown = await Reflect.apply(member, target, args);
          pulse.answered();
          return answer;
        } catch (error) {
          // A store that finds one damaged record has answered: it works, and so do the leases of other turns.
          if (error instanceof ChatError && error.reason === 'corrupt_record') pulse.answered();
          else pulse.failed();
          throw error;
        }
      };
    },
  });
}

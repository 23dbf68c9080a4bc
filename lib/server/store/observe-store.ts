import { ChatError } from '@/lib/chat/chat-error';
import { metrics } from '@/lib/server/metrics/metrics';
import type { StorePulse } from '@/lib/server/store-pulse';
import { tracing } from '@/lib/server/tracing/tracing';
import type { Store } from './store';
import { storeReasonOf } from './store-error';

/** Wraps a store so that each of its answers and failures is reported to the pulse and counted. */
export function observeStore(store: Store, pulse: StorePulse): Store {
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      const call = String(name);
      return async (...args: unknown[]) => {
        const startedAt = performance.now();
        try {
          const ask = async (): Promise<unknown> => Reflect.apply(member, target, args);
          const answer = await (tracing()?.storeCall(target.driver, call, ask) ?? ask());
          pulse.answered();
          return answer;
        } catch (error) {
          // An unreadable record is still an answer: the store works, and other turns keep their leases.
          if (error instanceof ChatError && isOfOneRecord(error)) pulse.answered();
          else pulse.failed();
          const reason = (error instanceof ChatError && error.reason) || storeReasonOf(error);
          metrics().instruments.storeErrors.add({ call, reason });
          throw error;
        } finally {
          metrics().instruments.storeSeconds.observe({ call }, (performance.now() - startedAt) / 1000);
        }
      };
    },
  });
}

const isOfOneRecord = ({ reason }: ChatError): boolean =>
  reason === 'corrupt_record' || reason === 'newer_record';

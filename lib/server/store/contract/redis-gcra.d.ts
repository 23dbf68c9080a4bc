/** The part of redis-gcra that the tests use; the package has no types (github.com/Losant/redis-gcra). */
declare module 'redis-gcra' {
  import type { Redis } from 'ioredis';

  interface Limiter {
    /** Reads the time from `Date.now()`. */
    limit(request: { key: string; burst: number; rate: number; period: number }): Promise<{
      limited: boolean;
      retryIn: number;
    }>;
  }

  export default function createLimiter(options: { redis: Redis }): Limiter;
}

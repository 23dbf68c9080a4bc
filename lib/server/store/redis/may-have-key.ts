/** A page of `SCAN`: the next cursor, and some keys. */
type Scan = (cursor: string) => Promise<unknown>;

/** About half a million keys, which takes a second or two. */
const MOST_PAGES = 500;
export const KEYS_PER_PAGE = 1_000;

/** `RedisCommands.mayHaveKey`, for one node. */
export async function mayHaveKey(scan: Scan, isWanted: (key: string) => boolean): Promise<boolean> {
  let cursor = '0';
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    let page: unknown;
    try {
      page = await scan(cursor);
    } catch (error) {
      if (error instanceof Error && /\bNOPERM\b|unknown command/i.test(error.message)) return true;
      throw error;
    }
    const [next, keys] = Array.isArray(page) ? page : [];
    if (!Array.isArray(keys)) return true;
    if (keys.some((key) => typeof key === 'string' && isWanted(key))) return true;
    if (String(next) === '0') return false;
    cursor = String(next);
  }
  return true;
}

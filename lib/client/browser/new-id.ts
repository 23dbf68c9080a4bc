/** Ids of one page rise, also those of the same millisecond. */
let lastMs = 0;

/** A UUID of version 7. On plain HTTP browsers have no `crypto.randomUUID`, and no version 7 anywhere. */
export function newId(): string {
  lastMs = Math.max(Date.now(), lastMs + 1);
  const time = lastMs.toString(16).padStart(12, '0');
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  const random = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = '89ab'[(bytes[9] ?? 0) % 4];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(3, 6)}-${random.slice(6, 18)}`;
}

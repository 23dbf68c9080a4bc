interface Subscribable {
  subscribe(listener: () => void): () => void;
}

/**
 * Calls `run` whenever a change of one of the stores changes what `select` returns. Returns the unsubscribe.
 */
export function watch(stores: readonly Subscribable[], select: () => unknown, run: () => void): () => void {
  let previous = select();
  const check = () => {
    const next = select();
    if (Object.is(next, previous)) return;
    previous = next;
    run();
  };
  const unsubscribes = stores.map((store) => store.subscribe(check));
  return () => {
    for (const unsubscribe of unsubscribes) unsubscribe();
  };
}

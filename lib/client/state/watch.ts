interface Watched {
  subscribe(listener: () => void): () => void;
}

/** Runs `run` whenever one of the stores changes what `select` answers. Returns the unsubscribe. */
export function watch(stores: readonly Watched[], select: () => unknown, run: () => void): () => void {
  let known = select();
  const check = () => {
    const next = select();
    if (Object.is(next, known)) return;
    known = next;
    run();
  };
  const stops = stores.map((store) => store.subscribe(check));
  return () => {
    for (const stop of stops) stop();
  };
}

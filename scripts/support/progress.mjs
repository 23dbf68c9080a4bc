const BEAT_MS = 10_000;

/** Tells a step that takes time: its name at once, a sign of life every ten seconds, how long it took. */
export async function step(name, work) {
  const start = Date.now();
  const seconds = () => `${((Date.now() - start) / 1000).toFixed(1)} s`;
  console.log(`${name} ...`);
  const beat = setInterval(() => console.log(`  still working, ${seconds()}`), BEAT_MS);
  try {
    const worked = await work();
    console.log(worked === false ? '  already done' : `  done in ${seconds()}`);
    return worked;
  } finally {
    clearInterval(beat);
  }
}

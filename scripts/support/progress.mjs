const PROGRESS_EVERY_MS = 10_000;

/** Runs a step that takes time and prints its name, a line of progress every ten seconds, and how long it took. */
export async function step(name, work) {
  const start = Date.now();
  const seconds = () => `${((Date.now() - start) / 1000).toFixed(1)} s`;
  console.log(`${name} ...`);
  const progress = setInterval(() => console.log(`  still working (${seconds()})`), PROGRESS_EVERY_MS);
  try {
    const didWork = await work();
    console.log(didWork === false ? '  up to date' : `  done in ${seconds()}`);
    return didWork;
  } finally {
    clearInterval(progress);
  }
}

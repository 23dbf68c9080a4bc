/** A problem that the person at the terminal can solve: one clear sentence, no stack. */
export class Problem extends Error {
  name = 'Problem';
}

/** Runs a script's main function; a Problem ends it with its sentence, anything else with its stack. */
export async function main(run) {
  try {
    await run();
  } catch (error) {
    console.error(error instanceof Problem ? `\n${error.message}` : error);
    process.exit(1);
  }
}

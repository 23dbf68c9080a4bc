/** A problem that the person at the terminal can solve: printed as a clear message, without a stack. */
export class Problem extends Error {
  name = 'Problem';
}

/** Runs a script's main function. A Problem is printed as its message, any other error with its stack. */
export async function main(run) {
  try {
    await run();
  } catch (error) {
    console.error(error instanceof Problem ? `\n${error.message}` : error);
    process.exit(1);
  }
}

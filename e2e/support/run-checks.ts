/** Runs the checks of a command such as `npm run deploy-check`, one after the other, and ends the process. */

/** One promise, tested with the real programs. `Lab` starts what a check needs and ends it afterwards. */
export interface Check<Lab> {
  /** Short and unique, the part first: `nginx streaming`, `image drains`. Selects it on the command line. */
  name: string;
  /** The expected result, in a sentence. */
  promise: string;
  /**
   * Resolves with the evidence, in a few words or lines.
   * @throws if the promise is broken; `NotAvailable` if a program cannot be installed here.
   */
  run(lab: Lab): Promise<string>;
}

export interface ChecksLab {
  /** What the servers of the current check wrote; shown if it fails. */
  readonly log?: string;
  /** Ends what the check has started. */
  endCheck?(): Promise<void>;
  dispose(): Promise<void>;
}

/** A program that cannot be installed on this machine. The message says why. */
export class NotAvailable extends Error {
  override readonly name = 'NotAvailable';
}

/** @throws with what was seen instead, so that a check reads as a list of promises. */
export function must(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

interface Options<Lab> {
  /** The name of the npm script. */
  command: string;
  checks: readonly Check<Lab>[];
  /** The starts of the names of the checks to run; empty for all. */
  wanted: readonly string[];
  startLab(): Promise<Lab>;
  /** The limits for one check and for the whole run, in case something hangs. */
  checkMs: number;
  runMs: number;
}

interface Outcome {
  name: string;
  promise: string;
  ok: boolean;
  seen: string;
}

/**
 * Prints what each check saw and ends the process with the line `N passed, N failed`, and with 1 if any failed. A check
 * whose program cannot be installed counts as failed and says why.
 */
export async function runChecks<Lab extends ChecksLab>(options: Options<Lab>): Promise<never> {
  const { command, checks, wanted, runMs } = options;
  const outcomes: Outcome[] = [];
  const finish = (problem: string | null): never => {
    if (problem !== null) console.error(`${command}: ${problem}`);
    const failed = outcomes.filter(({ ok }) => !ok).length;
    console.log(`\n${outcomes.length - failed} passed, ${failed + (problem === null ? 0 : 1)} failed`);
    process.exit(failed === 0 && problem === null ? 0 : 1);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  setTimeout(() => finish(`not finished after ${runMs / 60_000} minutes`), runMs).unref();

  const chosen = checks.filter(
    ({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)),
  );
  if (chosen.length === 0) finish(`no check is named ${wanted.join(' or ')}`);
  let problem: string | null = null;
  let lab: Lab | null = null;
  try {
    lab = await options.startLab();
    for (const check of chosen) {
      const outcome = await tryOut(lab, check, options.checkMs);
      outcomes.push(outcome);
      console.log(describeOutcome(outcome));
    }
  } catch (error) {
    problem = String(error);
  } finally {
    await lab?.dispose();
  }
  return finish(problem);
}

async function tryOut<Lab extends ChecksLab>(lab: Lab, check: Check<Lab>, checkMs: number): Promise<Outcome> {
  const { name, promise } = check;
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`not finished after ${checkMs / 1_000} s`)), checkMs);
  try {
    return { name, promise, ok: true, seen: await Promise.race([check.run(lab), late.promise]) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const seen = error instanceof NotAvailable ? `not available here: ${text}` : `${text}\n${lab.log ?? ''}`;
    return { name, promise, ok: false, seen };
  } finally {
    clearTimeout(timer);
    await lab.endCheck?.();
  }
}

const describeOutcome = ({ name, promise, ok, seen }: Outcome): string =>
  [
    `[${name}] ${ok ? 'passed' : 'FAILED'}`,
    `    promised  ${promise}`,
    `    seen      ${seen.trimEnd().replaceAll('\n', '\n              ')}`,
  ].join('\n');

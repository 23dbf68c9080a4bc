import { type ActionResult, ApiError } from '../http/client-error';

/** Runs a call and tells how it went: the error of the call as a value, every other error as it is. */
export async function attempt(run: () => Promise<void>): Promise<ActionResult> {
  try {
    await run();
    return { ok: true };
  } catch (error) {
    if (error instanceof ApiError) return { ok: false, error: error.info };
    throw error;
  }
}

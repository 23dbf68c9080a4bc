import { type ActionResult, ApiError } from '../http/client-error';

/** Runs API calls and returns a failed call as a value. Any other error is thrown. */
export async function attempt(run: () => Promise<void>): Promise<ActionResult> {
  try {
    await run();
    return { ok: true };
  } catch (error) {
    if (error instanceof ApiError) return { ok: false, error: error.info };
    throw error;
  }
}

import { after } from 'next/server';

/**
 * Keeps a serverless function from being frozen until the work has ended. The work must not reject. Outside of a
 * request there is nothing to keep awake: the work goes on for as long as the process does.
 */
export function keepAwake(work: Promise<void>): void {
  try {
    after(work);
  } catch {
    // Next throws where it knows no request.
  }
}

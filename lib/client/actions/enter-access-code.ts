import { browserScheduler } from '../browser/scheduler';
import { createApi, noContent } from '../http/api';
import type { ActionResult } from '../http/client-error';
import { attempt } from './attempt';

/** Lets this browser in, if the code is right. For the access page, which has no client. */
export const enterAccessCode = (code: string): Promise<ActionResult> =>
  attempt(() =>
    createApi({ scheduler: browserScheduler }).request(noContent, 'POST', '/api/access', { body: { code } }),
  );

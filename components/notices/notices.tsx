'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { ActionResult, ClientErrorInfo } from '@/lib/client/http/client-error';

interface Notices {
  failure: ClientErrorInfo | null;
  /** What was done by a key, where nothing else on the page shows it. */
  done: string | null;
  /** Says that something was done. */
  tell: (done: string) => void;
  /** Shows what went wrong with an action, if anything did. */
  report: (action: Promise<ActionResult>) => void;
  dismiss: () => void;
}

const NoticeContext = createContext<Notices>({
  failure: null,
  done: null,
  tell: () => {},
  report: () => {},
  dismiss: () => {},
});

export const useNotices = (): Notices => useContext(NoticeContext);

/** Holds the newest failure of an action (a rename, a delete, a stop), or what was done, until it was read. */
export function NoticeProvider({ children }: { children: ReactNode }) {
  const [failure, setFailure] = useState<ClientErrorInfo | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [calls] = useState<Omit<Notices, 'failure' | 'done'>>(() => ({
    tell: setDone,
    report: (action) => void action.then((result) => setFailure(result.ok ? null : result.error)),
    dismiss: () => {
      setFailure(null);
      setDone(null);
    },
  }));
  const notices = useMemo<Notices>(() => ({ failure, done, ...calls }), [failure, done, calls]);
  return <NoticeContext value={notices}>{children}</NoticeContext>;
}

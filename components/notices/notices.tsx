'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { ActionResult, ClientErrorInfo } from '@/lib/client/client-error';

interface Notices {
  failure: ClientErrorInfo | null;
  /** Shows what went wrong with an action, if anything did. */
  report: (action: Promise<ActionResult>) => void;
  dismiss: () => void;
}

const NoticeContext = createContext<Notices>({ failure: null, report: () => {}, dismiss: () => {} });

export const useNotices = (): Notices => useContext(NoticeContext);

/** Holds the newest failure of an action (a rename, a delete, a stop) until it was read. */
export function NoticeProvider({ children }: { children: ReactNode }) {
  const [failure, setFailure] = useState<ClientErrorInfo | null>(null);
  const [calls] = useState<Omit<Notices, 'failure'>>(() => ({
    report: (action) => void action.then((result) => setFailure(result.ok ? null : result.error)),
    dismiss: () => setFailure(null),
  }));
  const notices = useMemo<Notices>(() => ({ failure, ...calls }), [failure, calls]);
  return <NoticeContext value={notices}>{children}</NoticeContext>;
}

'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { ActionResult, ClientErrorInfo } from '@/lib/client/http/client-error';

interface Notices {
  failure: ClientErrorInfo | null;
  /** Confirms an action that shows no other effect on the page, such as a copy. */
  confirmation: string | null;
  showConfirmation: (text: string) => void;
  /** Shows the error of an action if it fails. */
  report: (action: Promise<ActionResult>) => void;
  dismiss: () => void;
}

const NoticeContext = createContext<Notices>({
  failure: null,
  confirmation: null,
  showConfirmation: () => {},
  report: () => {},
  dismiss: () => {},
});

export const useNotices = (): Notices => useContext(NoticeContext);

/** Holds the newest failure of an action, and the newest confirmation, until they are dismissed. */
export function NoticeProvider({ children }: { children: ReactNode }) {
  const [failure, setFailure] = useState<ClientErrorInfo | null>(null);
  const [confirmation, setConfirmation] = useState<string | null>(null);
  const [calls] = useState<Omit<Notices, 'failure' | 'confirmation'>>(() => ({
    showConfirmation: setConfirmation,
    report: (action) => void action.then((result) => setFailure(result.ok ? null : result.error)),
    dismiss: () => {
      setFailure(null);
      setConfirmation(null);
    },
  }));
  const notices = useMemo<Notices>(
    () => ({ failure, confirmation, ...calls }),
    [failure, confirmation, calls],
  );
  return <NoticeContext value={notices}>{children}</NoticeContext>;
}

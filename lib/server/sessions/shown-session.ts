import type { Session } from '@/lib/chat/session';
import { shownLine } from '@/lib/chat/text/plain-line';

/** A stored session with its title and preview as people see them. */
export const shownSession = (session: Session): Session => ({
  ...session,
  title: shownLine(session.title),
  preview: shownLine(session.preview),
});

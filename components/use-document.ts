import { useEffect } from 'react';
import { useConversation, useSession, useTheme } from '@/lib/client/hooks';
import type { AssistantView } from './use-assistants';
import { useLanguage, useStrings } from './use-strings';

/** Updates the language, theme and title of the document, which the server rendered, when they change. */
export function useDocument(assistant: AssistantView | null): void {
  const { app } = useStrings();
  const language = useLanguage();
  const theme = useTheme();
  const { title, sessionId } = useConversation(assistant?.id ?? '');
  const session = useSession(sessionId);
  const subject = title || session?.title || assistant?.name;

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);

  useEffect(() => {
    if (subject) document.title = `${subject} · ${app.name}`;
  }, [subject, app.name]);
}

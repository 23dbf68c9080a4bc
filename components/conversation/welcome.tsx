import { useCookieMissing, useHealth } from '@/lib/client/hooks';
import { Avatar } from '../ui/avatar';
import type { AssistantView } from '../use-assistants';
import { useStrings } from '../use-strings';
import styles from './welcome.module.css';

interface WelcomeProps {
  assistant: AssistantView;
  fillComposer: (text: string) => void;
}

/** Shown in an empty conversation: the assistant's greeting, suggestions that fill the composer, and what is special here. */
export function Welcome({ assistant, fillComposer }: WelcomeProps) {
  const { conversation } = useStrings();
  const cookieMissing = useCookieMissing();
  const mayBeLost = useHealth().value?.store.durable === false || cookieMissing;
  return (
    <div className={styles.welcome}>
      <Avatar icon={assistant.icon} size="large" />
      <h2 className={styles.title}>{assistant.greeting.title}</h2>
      <p className={styles.text}>{assistant.greeting.text}</p>
      <ul className={styles.suggestions} aria-label={conversation.suggestions}>
        {assistant.suggestions.map((text) => (
          <li key={text}>
            <button type="button" onClick={() => fillComposer(text)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
      <p className={styles.promise} hidden={mayBeLost}>
        {conversation.promise}
      </p>
    </div>
  );
}

import { Avatar } from '../ui/avatar';
import type { AssistantView } from '../use-assistants';
import { useStrings } from '../use-strings';
import styles from './welcome.module.css';

/** An empty conversation: who this is, and four ways to begin. */
export function Welcome({ assistant, begin }: { assistant: AssistantView; begin: (text: string) => void }) {
  const { conversation } = useStrings();
  return (
    <div className={styles.welcome}>
      <Avatar icon={assistant.icon} size="large" />
      <h2 className={styles.title}>{assistant.greeting.title}</h2>
      <p className={styles.text}>{assistant.greeting.text}</p>
      <ul className={styles.suggestions} aria-label={conversation.suggestions}>
        {assistant.suggestions.map((text) => (
          <li key={text}>
            <button type="button" onClick={() => begin(text)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

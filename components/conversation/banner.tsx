import { Icon } from '../ui/icon';
import styles from './banner.module.css';

/** A quiet line above the conversation: something about this server that a person should know. */
export function Banner({ tone, children }: { tone: 'quiet' | 'danger'; children: string }) {
  return (
    <p className={`${styles.banner} ${styles[tone]}`} role={tone === 'danger' ? 'alert' : 'note'}>
      {tone === 'danger' && <Icon name="alert" size={16} />}
      {children}
    </p>
  );
}

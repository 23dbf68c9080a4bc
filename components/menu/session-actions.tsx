import { conversationListStrings } from '@/lib/chat/strings/conversation-list';
import { Icon, type IconName } from '../ui/icon';
import { useLanguage } from '../use-strings';
import styles from './session-actions.module.css';

export type SessionAction = 'rename' | 'pin' | 'unpin' | 'clear' | 'delete';

const ICONS: Record<SessionAction, IconName> = {
  rename: 'rename',
  pin: 'pin',
  unpin: 'pin',
  clear: 'clear',
  delete: 'trash',
};

interface SessionActionsProps {
  id: string;
  isPinned: boolean;
  act: (action: SessionAction) => void;
}

/** The actions on a conversation. All can be undone, so none asks for confirmation. */
export function SessionActions({ id, isPinned, act }: SessionActionsProps) {
  const conversationList = conversationListStrings(useLanguage());
  const actions: SessionAction[] = ['rename', isPinned ? 'unpin' : 'pin', 'clear', 'delete'];
  return (
    <div id={id} className={styles.actions}>
      {actions.map((action) => (
        <button key={action} type="button" className={styles[action]} onClick={() => act(action)}>
          <Icon name={ICONS[action]} size={16} />
          {conversationList[action]}
        </button>
      ))}
    </div>
  );
}

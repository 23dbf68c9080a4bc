import { conversationListStrings } from '@/lib/chat/strings/conversation-list';
import { Toasts } from '../notices/toasts';
import { Settings } from '../rail/settings';
import { SearchButton } from '../shortcuts/search-button';
import { IconButton } from '../ui/icon-button';
import { Sheet } from '../ui/sheet';
import type { AssistantView } from '../use-assistants';
import { useLanguage, useStrings } from '../use-strings';
import styles from './conversation-menu.module.css';
import { SessionList } from './session-list';

interface ConversationMenuProps {
  assistant: AssistantView;
  open: boolean;
  close: () => void;
}

/** The list of the assistant's conversations. On a phone it also holds the search button and the settings. */
export function ConversationMenu({ assistant, open, close }: ConversationMenuProps) {
  const { header } = useStrings();
  const conversationList = conversationListStrings(useLanguage());
  return (
    <Sheet open={open} close={close} title={conversationList.title(assistant.name)}>
      <div className={styles.head}>
        <p aria-hidden="true">{header.openList}</p>
        <span className={styles.search}>
          <SearchButton before={close} />
        </span>
        <IconButton icon="close" label={conversationList.close} onClick={close} />
      </div>
      <SessionList assistantId={assistant.id} close={close} />
      <div className={styles.toasts}>
        <Toasts />
      </div>
      <div className={styles.settings}>
        <Settings before={close} />
      </div>
    </Sheet>
  );
}

import { conversationListStrings } from '@/lib/chat/strings/conversation-list';
import { setSingleKeys } from '@/lib/client/actions';
import { useSingleKeys } from '@/lib/client/hooks';
import { IconButton } from '../ui/icon-button';
import { Sheet } from '../ui/sheet';
import { useOverlayStrings } from '../use-overlay-strings';
import { useLanguage } from '../use-strings';
import { Keys } from './keys';
import type { OverlayProps } from './overlay';
import styles from './shortcut-sheet.module.css';
import { SHORTCUTS } from './shortcuts';

/** The list of all shortcuts, and the switch for single-key shortcuts. */
export function ShortcutSheet({ open, close }: OverlayProps) {
  const conversationList = conversationListStrings(useLanguage());
  const { shortcuts } = useOverlayStrings();
  const singleKeys = useSingleKeys();
  return (
    <Sheet open={open} close={close} title={shortcuts.title} position="middle">
      <div className={styles.head}>
        <p aria-hidden="true">{shortcuts.title}</p>
        <IconButton icon="close" label={conversationList.close} onClick={close} />
      </div>
      <dl className={styles.list}>
        {SHORTCUTS.map(({ id, chords }) => (
          <div key={id} className={styles.row}>
            <dt>{shortcuts.commands[id]}</dt>
            <dd>
              {chords.map((chord) => (
                <Keys key={chord.key} chord={chord} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <label className={styles.switch}>
        <input
          type="checkbox"
          checked={singleKeys}
          onChange={(event) => setSingleKeys(event.target.checked)}
        />
        {shortcuts.singleKey}
      </label>
    </Sheet>
  );
}

import { useRef, useState } from 'react';
import { DEVICE_NAME_LIMIT, type Device } from '@/lib/chat/device';
import { guestStrings } from '@/lib/chat/strings/guest';
import { RenameForm } from '../menu/rename-form';
import { IconButton } from '../ui/icon-button';
import { useLanguage } from '../use-strings';
import styles from './guest-dialog.module.css';

interface DeviceRowProps {
  device: Device;
  /** The name to show. */
  name: string;
  rename: (name: string) => void;
  signOut: () => void;
}

export function DeviceRow({ device, name, rename, signOut }: DeviceRowProps) {
  const strings = guestStrings(useLanguage());
  const [renaming, setRenaming] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const endRename = () => {
    setRenaming(false);
    // Once the row is shown again.
    requestAnimationFrame(() => button.current?.focus());
  };

  if (renaming)
    return (
      <li>
        <RenameForm
          id={`rename-${device.id}`}
          title={device.name}
          limit={DEVICE_NAME_LIMIT}
          cancel={endRename}
          save={(next) => {
            endRename();
            rename(next);
          }}
        />
      </li>
    );
  return (
    <li className={styles.device}>
      <div className={styles.name}>
        <span dir="auto">{name}</span>
        <span className={styles.when}>
          {device.current ? strings.current : strings.lastSeen(device.lastSeenAt, Date.now())}
        </span>
      </div>
      <IconButton
        ref={button}
        icon="rename"
        label={strings.rename(name)}
        size="small"
        onClick={() => setRenaming(true)}
      />
      {!device.current && (
        <button
          type="button"
          className={styles.signOut}
          aria-label={strings.signOutOf(name)}
          onClick={signOut}
        >
          {strings.signOut}
        </button>
      )}
    </li>
  );
}

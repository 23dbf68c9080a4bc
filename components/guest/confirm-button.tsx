import { useId, useRef, useState } from 'react';
import { guestStrings } from '@/lib/chat/strings/guest';
import { Icon, type IconName } from '../ui/icon';
import { useLanguage } from '../use-strings';
import styles from './guest-dialog.module.css';

interface ConfirmButtonProps {
  strings: { button: string; warning: string; confirm: string };
  icon?: IconName;
  run: () => Promise<void>;
}

/** A button for an action that cannot be undone: it first shows a warning, with the focus on Cancel. */
export function ConfirmButton({ strings, icon = 'open', run }: ConfirmButtonProps) {
  const { cancel } = guestStrings(useLanguage());
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const id = useId();

  const back = () => {
    setAsking(false);
    requestAnimationFrame(() => first.current?.focus());
  };
  const confirm = async () => {
    if (busy) return;
    setBusy(true);
    await run();
    setBusy(false);
  };

  if (!asking)
    return (
      <button ref={first} type="button" className={styles.way} onClick={() => setAsking(true)}>
        <Icon name={icon} size={16} />
        {strings.button}
      </button>
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend; the warning names the group.
    <div
      className={styles.confirm}
      role="group"
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Escape goes back one step, and leaves the dialog open.
        event.preventDefault();
        event.stopPropagation();
        back();
      }}
    >
      <p id={id}>{strings.warning}</p>
      <div>
        {/* biome-ignore lint/a11y/noAutofocus: the question takes the place of the button that had the focus. */}
        <button type="button" autoFocus aria-describedby={id} onClick={back}>
          {cancel}
        </button>
        <button type="button" className={styles.danger} aria-disabled={busy} onClick={() => void confirm()}>
          {strings.confirm}
        </button>
      </div>
    </div>
  );
}

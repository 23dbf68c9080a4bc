import { useCallback, useEffect, useState } from 'react';
import type { Device } from '@/lib/chat/device';
import { withBasePath } from '@/lib/chat/site-path';
import { conversationListStrings } from '@/lib/chat/strings/conversation-list';
import { failureText } from '@/lib/chat/strings/failure-text';
import { type GuestStrings, guestStrings } from '@/lib/chat/strings/guest';
import type { DevicesAnswer } from '@/lib/chat/wire';
import { guestActions } from '@/lib/client/actions/guest-actions';
import type { ActionResult, ClientErrorInfo } from '@/lib/client/http/client-error';
import type { OverlayProps } from '../shortcuts/overlay';
import { IconButton } from '../ui/icon-button';
import { Sheet } from '../ui/sheet';
import { VisuallyHidden } from '../ui/visually-hidden';
import { useFailureStrings } from '../use-failure-strings';
import { useLanguage, useStrings } from '../use-strings';
import { ConfirmButton } from './confirm-button';
import { DeviceRow } from './device-row';
import styles from './guest-dialog.module.css';

/** The browsers that can open this guest's conversations, and the ways to leave: sign out, or delete everything. */
export function GuestDialog({ open, close }: OverlayProps) {
  const { rail } = useStrings();
  const conversationList = conversationListStrings(useLanguage());
  return (
    <Sheet open={open} close={close} title={rail.guest} position="middle">
      <div className={styles.head}>
        <p aria-hidden="true">{rail.guest}</p>
        <IconButton icon="close" label={conversationList.close} onClick={close} />
      </div>
      <Content />
    </Sheet>
  );
}

function Content() {
  const strings = guestStrings(useLanguage());
  const [answer, setAnswer] = useState<DevicesAnswer | null>(null);
  const devices = answer?.devices;
  const [error, setError] = useState<ClientErrorInfo | null>(null);
  const page = useFailureStrings(error);
  const [done, setDone] = useState('');

  const run = useCallback(async (action: Promise<ActionResult>): Promise<boolean> => {
    const result = await action;
    setError(result.ok ? null : result.error);
    return result.ok;
  }, []);
  const read = useCallback(() => run(guestActions.readDevices(setAnswer)), [run]);
  useEffect(() => void read(), [read]);

  const rename = async (device: Device, name: string) => {
    if (await run(guestActions.renameDevice(device.id, name))) await read();
  };
  const signOut = async (device: Device) => {
    if (!(await run(guestActions.signDeviceOut(device.id)))) return;
    setDone(strings.signedOut(nameOf(device, strings)));
    await read();
  };
  const leave = async (action: Promise<ActionResult>) => {
    // The next page belongs to a new guest.
    if (await run(action)) location.assign(withBasePath('/'));
  };

  return (
    <div className={styles.body}>
      <p className={styles.intro}>{answer?.hasAccount ? strings.accountIntro : strings.intro}</p>
      {error && (
        <p className={styles.error} role="alert">
          {failureText(page, error, 'untouched')}
          {!devices && (
            <button type="button" onClick={() => void read()}>
              {strings.retry}
            </button>
          )}
        </p>
      )}
      <VisuallyHidden as="p">
        <span role="status">{done}</span>
      </VisuallyHidden>
      {devices ? (
        <ul className={styles.devices} aria-label={strings.devices}>
          {devices.map((device) => (
            <DeviceRow
              key={device.id}
              device={device}
              name={nameOf(device, strings)}
              rename={(name) => void rename(device, name)}
              signOut={() => void signOut(device)}
            />
          ))}
        </ul>
      ) : (
        !error && <p role="status">{strings.loading}</p>
      )}
      <div className={styles.ways}>
        <ConfirmButton
          strings={answer?.hasAccount ? strings.leaveAccount : strings.leave}
          run={() => leave(guestActions.signOut())}
        />
        <ConfirmButton
          strings={strings.erase}
          icon="trash"
          run={() => leave(guestActions.deleteEverything())}
        />
      </div>
    </div>
  );
}

const nameOf = (device: Device, strings: GuestStrings): string => device.name || strings.unknown;

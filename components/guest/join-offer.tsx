import { useState } from 'react';
import { guestStrings } from '@/lib/chat/strings/guest';
import { guestActions } from '@/lib/client/actions/guest-actions';
import { useNotices } from '../notices/notices';
import { useLanguage } from '../use-strings';
import styles from './join-offer.module.css';

/** Offers to move what this browser had as a guest to the account that has signed in. */
export function JoinOffer({ total }: { total: number }) {
  const { join } = guestStrings(useLanguage());
  const { report } = useNotices();
  const [isHidden, setHidden] = useState(false);
  const [isBusy, setBusy] = useState(false);
  if (isHidden) return null;

  const accept = async () => {
    if (isBusy) return;
    setBusy(true);
    const result = await guestActions.joinGuest();
    setBusy(false);
    report(Promise.resolve(result));
    if (result.ok) location.reload();
  };
  return (
    <div className={styles.offer} role="status">
      {join.offer(total)}
      <button type="button" aria-disabled={isBusy} onClick={() => void accept()}>
        {join.accept}
      </button>
      <button type="button" onClick={() => setHidden(true)}>
        {join.later}
      </button>
    </div>
  );
}

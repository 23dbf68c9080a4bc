import { retryImage } from '@/lib/client/actions';
import type { Upload } from '@/lib/client/state/upload-store';
import { Icon } from '../../ui/icon';
import { useStrings } from '../../use-strings';
import styles from './attachments.module.css';
import { RemoveButton } from './remove-button';

/** The ring's circumference, in units of its view box. */
const CIRCUMFERENCE = 2 * Math.PI * 12;

/** An image that is being uploaded, with its progress, or a retry button if the upload failed. */
export function UploadChip({ upload, remove }: { upload: Upload; remove: () => void }) {
  const { attachments } = useStrings();
  const { id, name, state, progress, preview } = upload;
  const percent = Math.round(progress * 100);
  return (
    <div className={styles.image} data-state={state}>
      {preview === null ? (
        <div className={styles.placeholder} />
      ) : (
        // biome-ignore lint/performance/noImgElement: a blob: address.
        <img src={preview} alt="" />
      )}
      {state === 'failed' ? (
        <button
          type="button"
          className={styles.retry}
          aria-label={attachments.retryUpload(name)}
          title={attachments.retryUpload(name)}
          onClick={() => retryImage(id)}
        >
          <Icon name="retry" />
        </button>
      ) : (
        <svg
          className={styles.ring}
          viewBox="0 0 30 30"
          role="progressbar"
          aria-label={attachments.uploadProgress(name, percent)}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
        >
          <circle cx="15" cy="15" r="12" />
          <circle
            cx="15"
            cy="15"
            r="12"
            strokeDasharray={CIRCUMFERENCE}
            strokeDashoffset={CIRCUMFERENCE * (1 - Math.max(0.06, progress))}
          />
        </svg>
      )}
      <RemoveButton label={attachments.cancelUpload(name)} remove={remove} />
    </div>
  );
}

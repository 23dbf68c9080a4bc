import { chooseModel, removeImage } from '@/lib/client/actions';
import { useChosenModel, useModels, useUploads } from '@/lib/client/hooks';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/icon-button';
import { useStrings } from '../../use-strings';
import type { Message } from '../use-composed-message';
import styles from './image-notes.module.css';

/** What is to be known of the images before they are sent: those that were not taken, and what keeps the others. */
export function ImageNote({ assistantId, message }: { assistantId: string; message: Message }) {
  const { attachments, failures } = useStrings();
  const uploads = useUploads(assistantId);
  const refused = uploads.filter(({ state }) => state === 'refused');
  const failed = uploads.find(({ state }) => state === 'failed');
  const { imageTrouble } = message;

  return (
    <div className={styles.notes}>
      {refused.map((upload) => (
        <p key={upload.id} className={styles.note} role="alert">
          <Icon name="alert" size={16} />
          <span>{attachments.rejected[upload.reason ?? 'unreadable'](upload.name)}</span>
          <IconButton
            icon="close"
            label={attachments.dismiss}
            size="small"
            onClick={() => removeImage(assistantId, upload.id)}
          />
        </p>
      ))}
      {imageTrouble === 'incomplete' && failed && (
        <p className={styles.note} role="alert">
          <Icon name="alert" size={16} />
          <span>
            {attachments.uploadFailed(failed.name, failures.codes[failed.error?.code ?? 'network'].what)}
          </span>
        </p>
      )}
      {imageTrouble === 'blind' && <BlindNote assistantId={assistantId} />}
    </div>
  );
}

/** The model cannot see: said before sending, with one that can, if there is one. */
function BlindNote({ assistantId }: { assistantId: string }) {
  const { attachments } = useStrings();
  const { models } = useModels();
  const chosen = useChosenModel(assistantId);
  const blind = models.find(({ id }) => id === chosen);
  const provider = chosen?.split(':')[0];
  const seeing =
    models.find((model) => model.vision && model.provider === provider) ??
    models.find(({ vision }) => vision);
  return (
    <p className={styles.note} role="alert">
      <Icon name="alert" size={16} />
      <span>{attachments.modelCannotSee(blind?.name ?? '', seeing !== undefined)}</span>
      {seeing && (
        <button type="button" onClick={() => chooseModel(assistantId, seeing.id)}>
          {attachments.switchTo(seeing.name)}
        </button>
      )}
    </p>
  );
}

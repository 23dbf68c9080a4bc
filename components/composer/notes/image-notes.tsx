import { failureCause } from '@/lib/chat/strings/failure-text';
import { imageNoteStrings } from '@/lib/chat/strings/image-notes';
import { chooseModel, removeImage } from '@/lib/client/actions';
import { useChosenModel, useModels, useUploads } from '@/lib/client/hooks';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/icon-button';
import { useFailureStrings } from '../../use-failure-strings';
import { useLanguage } from '../../use-strings';
import type { ComposedMessage } from '../use-composed-message';
import styles from './image-notes.module.css';

/** Lists the images that were refused, and says why the others cannot be sent yet. */
export function ImageNotes({ assistantId, message }: { assistantId: string; message: ComposedMessage }) {
  const uploads = useUploads(assistantId);
  const refused = uploads.filter(({ state }) => state === 'refused');
  const failed = uploads.find(({ state }) => state === 'failed');
  const strings = useFailureStrings(failed?.error);
  const notes = imageNoteStrings(useLanguage());
  const { imageProblem } = message;

  return (
    <div className={styles.notes}>
      {refused.map((upload) => (
        <p key={upload.id} className={styles.note} role="alert">
          <Icon name="alert" size={16} />
          <span>{notes.rejected[upload.reason ?? 'unreadable'](upload.name)}</span>
          <IconButton
            icon="close"
            label={notes.dismiss}
            size="small"
            onClick={() => removeImage(assistantId, upload.id)}
          />
        </p>
      ))}
      {imageProblem === 'failed' && failed && (
        <p className={styles.note} role="alert">
          <Icon name="alert" size={16} />
          <span>
            {notes.uploadFailed(failed.name, failureCause(strings, failed.error ?? { code: 'network' }))}
          </span>
        </p>
      )}
      {imageProblem === 'no_vision' && <NoVisionNote assistantId={assistantId} />}
    </div>
  );
}

/** Says that the chosen model takes no images, and offers one that does, of the same provider if possible. */
function NoVisionNote({ assistantId }: { assistantId: string }) {
  const notes = imageNoteStrings(useLanguage());
  const { models } = useModels();
  const chosen = useChosenModel(assistantId);
  const current = models.find(({ id }) => id === chosen);
  const provider = chosen?.split(':')[0];
  const alternative =
    models.find((model) => model.vision && model.provider === provider) ??
    models.find(({ vision }) => vision);
  return (
    <p className={styles.note} role="alert">
      <Icon name="alert" size={16} />
      <span>{notes.modelCannotSee(current?.name ?? '', alternative !== undefined)}</span>
      {alternative && (
        <button type="button" onClick={() => chooseModel(assistantId, alternative.id)}>
          {notes.switchTo(alternative.name)}
        </button>
      )}
    </p>
  );
}

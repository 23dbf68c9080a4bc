import { removeImage, removePaste } from '@/lib/client/actions';
import { useAttachments, useUploads } from '@/lib/client/hooks';
import { useStrings } from '../../use-strings';
import { focusComposer } from '../composer-focus';
import styles from './attachments.module.css';
import { ImageChip } from './image-chip';
import { PasteChip } from './paste-chip';
import { UploadChip } from './upload-chip';

/** The pasted blocks and images of the message. Removing one returns focus to the text field. */
export function Attachments({ assistantId }: { assistantId: string }) {
  const { attachments } = useStrings();
  const { pastes, images } = useAttachments(assistantId);
  const uploads = useUploads(assistantId).filter(({ state }) => state !== 'refused');
  if (pastes.length + images.length + uploads.length === 0) return null;

  const removeWith = (remove: () => void) => () => {
    remove();
    focusComposer();
  };
  return (
    <ul className={styles.attachments} aria-label={attachments.listLabel}>
      {pastes.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a pasted block has no id, only its position.
        <li key={`paste ${index}`}>
          <PasteChip
            assistantId={assistantId}
            text={text}
            index={index}
            remove={removeWith(() => removePaste(assistantId, index))}
          />
        </li>
      ))}
      {images.map((image, index) => (
        <li key={image.id}>
          <ImageChip
            image={image}
            index={index + 1}
            total={images.length}
            remove={removeWith(() => removeImage(assistantId, image.id))}
          />
        </li>
      ))}
      {uploads.map((upload) => (
        <li key={upload.id}>
          <UploadChip upload={upload} remove={removeWith(() => removeImage(assistantId, upload.id))} />
        </li>
      ))}
    </ul>
  );
}

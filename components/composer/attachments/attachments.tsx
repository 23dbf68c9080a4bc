import { removeImage, removePaste } from '@/lib/client/actions';
import { useAttachments, useUploads } from '@/lib/client/hooks';
import { useStrings } from '../../use-strings';
import { focusComposer } from '../composer-focus';
import styles from './attachments.module.css';
import { ImageChip } from './image-chip';
import { PasteChip } from './paste-chip';
import { UploadChip } from './upload-chip';

/** What the message holds beside its text, each with a way to take it away. Who did goes on writing. */
export function Attached({ assistantId }: { assistantId: string }) {
  const { attachments } = useStrings();
  const { pastes, images } = useAttachments(assistantId);
  const uploads = useUploads(assistantId).filter(({ state }) => state !== 'refused');
  if (pastes.length + images.length + uploads.length === 0) return null;

  const remove = (take: () => void) => () => {
    take();
    focusComposer();
  };
  return (
    <ul className={styles.attached} aria-label={attachments.listLabel}>
      {pastes.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a block has no name but its place.
        <li key={`paste ${index}`}>
          <PasteChip
            assistantId={assistantId}
            text={text}
            index={index}
            remove={remove(() => removePaste(assistantId, index))}
          />
        </li>
      ))}
      {images.map((image, index) => (
        <li key={image.id}>
          <ImageChip
            image={image}
            index={index + 1}
            total={images.length}
            remove={remove(() => removeImage(assistantId, image.id))}
          />
        </li>
      ))}
      {uploads.map((upload) => (
        <li key={upload.id}>
          <UploadChip upload={upload} remove={remove(() => removeImage(assistantId, upload.id))} />
        </li>
      ))}
    </ul>
  );
}

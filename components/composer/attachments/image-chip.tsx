import type { ImageRef } from '@/lib/chat/turn';
import { useImageSource } from '@/lib/client/hooks';
import { useStrings } from '../../use-strings';
import styles from './attachments.module.css';
import { RemoveButton } from './remove-button';

interface ImageChipProps {
  image: ImageRef;
  /** Counted from 1. */
  index: number;
  total: number;
  remove: () => void;
}

/** An uploaded image of the message. */
export function ImageChip({ image, index, total, remove }: ImageChipProps) {
  const { attachments } = useStrings();
  return (
    <div className={styles.image}>
      {/* biome-ignore lint/performance/noImgElement: the user's own image, already scaled. */}
      <img src={useImageSource(image.id)} alt={attachments.imageLabel(index, total)} decoding="async" />
      <RemoveButton label={attachments.removeImage(index)} remove={remove} />
    </div>
  );
}

import { useEffect, useState } from 'react';
import { attachImages } from '@/lib/client/actions';
import { Icon } from '../../ui/icon';
import { useStrings } from '../../use-strings';
import styles from './drop-overlay.module.css';

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

/** Files that are dragged over the page can be let go anywhere on it: the panel says so while they hover. */
export function DropZone({ assistantId }: { assistantId: string }) {
  const { attachments } = useStrings();
  const [over, setOver] = useState(false);

  useEffect(() => {
    // What is dragged from the page itself is in the conversation already.
    let isOwn = false;
    const onStart = () => {
      isOwn = true;
    };
    const onEnd = () => {
      isOwn = false;
    };
    const onDrag = (event: DragEvent) => {
      if (isOwn || !hasFiles(event)) return;
      // Without this the browser would leave the page and open the file.
      event.preventDefault();
      const isFree = document.querySelector('dialog[open]') === null;
      if (event.dataTransfer) event.dataTransfer.dropEffect = isFree ? 'copy' : 'none';
      setOver(isFree);
    };
    const onLeave = ({ relatedTarget }: DragEvent) => {
      if (relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (isOwn || !hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      if (document.querySelector('dialog[open]') === null)
        attachImages(assistantId, [...(event.dataTransfer?.files ?? [])]);
    };
    const life = new AbortController();
    const { signal } = life;
    document.addEventListener('dragstart', onStart, { signal });
    document.addEventListener('dragend', onEnd, { signal });
    document.addEventListener('dragover', onDrag, { signal });
    document.addEventListener('dragleave', onLeave, { signal });
    document.addEventListener('drop', onDrop, { signal });
    return () => life.abort();
  }, [assistantId]);

  if (!over) return null;
  return (
    <div className={styles.zone} role="status">
      <Icon name="image" size={34} />
      <strong>{attachments.dropTitle}</strong>
      <span>{attachments.dropHint}</span>
    </div>
  );
}

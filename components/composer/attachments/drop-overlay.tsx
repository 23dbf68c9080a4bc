import { useEffect, useState } from 'react';
import { attachImages } from '@/lib/client/actions';
import { Icon } from '../../ui/icon';
import { useStrings } from '../../use-strings';
import styles from './drop-overlay.module.css';

const hasOpenDialog = (): boolean => document.querySelector('dialog[open]') !== null;

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

/** Accepts image files dropped anywhere on the page, and covers the panel with a hint while they are dragged over it. */
export function DropOverlay({ assistantId }: { assistantId: string }) {
  const { attachments } = useStrings();
  const [isOver, setIsOver] = useState(false);

  useEffect(() => {
    // An image dragged out of the conversation itself is not a new attachment.
    let isOwn = false;
    const onStart = () => {
      isOwn = true;
    };
    const onEnd = () => {
      isOwn = false;
    };
    const onDrag = (event: DragEvent) => {
      if (isOwn || !hasFiles(event)) return;
      // Otherwise the browser would leave the page and open the file.
      event.preventDefault();
      const isFree = !hasOpenDialog();
      if (event.dataTransfer) event.dataTransfer.dropEffect = isFree ? 'copy' : 'none';
      setIsOver(isFree);
    };
    const onLeave = ({ relatedTarget }: DragEvent) => {
      if (relatedTarget === null) setIsOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (isOwn || !hasFiles(event)) return;
      event.preventDefault();
      setIsOver(false);
      if (!hasOpenDialog()) attachImages(assistantId, [...(event.dataTransfer?.files ?? [])]);
    };
    const listeners = new AbortController();
    const { signal } = listeners;
    document.addEventListener('dragstart', onStart, { signal });
    document.addEventListener('dragend', onEnd, { signal });
    document.addEventListener('dragover', onDrag, { signal });
    document.addEventListener('dragleave', onLeave, { signal });
    document.addEventListener('drop', onDrop, { signal });
    return () => listeners.abort();
  }, [assistantId]);

  if (!isOver) return null;
  return (
    <div className={styles.overlay} role="status">
      <Icon name="image" size={34} />
      <strong>{attachments.dropTitle}</strong>
      <span>{attachments.dropHint}</span>
    </div>
  );
}

import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { attachImages } from '@/lib/client/actions';
import { PANEL_ID } from '../rail/assistant-tab';
import { Icon } from '../ui/icon';
import { useWords } from '../words';
import styles from './drop-zone.module.css';

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

/** Files that are dragged over the page can be let go anywhere on it: the panel says so while they hover. */
export function DropZone({ assistantId }: { assistantId: string }) {
  const { composing } = useWords();
  const [over, setOver] = useState(false);

  useEffect(() => {
    const onDrag = (event: DragEvent) => {
      if (!hasFiles(event)) return;
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
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      if (document.querySelector('dialog[open]') === null)
        attachImages(assistantId, [...(event.dataTransfer?.files ?? [])]);
    };
    document.addEventListener('dragover', onDrag);
    document.addEventListener('dragleave', onLeave);
    document.addEventListener('drop', onDrop);
    return () => {
      document.removeEventListener('dragover', onDrag);
      document.removeEventListener('dragleave', onLeave);
      document.removeEventListener('drop', onDrop);
    };
  }, [assistantId]);

  const panel = over ? document.getElementById(PANEL_ID) : null;
  if (!panel) return null;
  return createPortal(
    <div className={styles.zone} role="status">
      <Icon name="image" size={34} />
      <strong>{composing.drop}</strong>
      <span>{composing.dropped}</span>
    </div>,
    panel,
  );
}

import { type KeyboardEventHandler, type ReactNode, useEffect, useRef } from 'react';
import { Icon } from '../ui/icon';
import { useOverlayStrings } from '../use-overlay-strings';
import styles from './viewer-dialog.module.css';

interface ViewerDialogProps {
  title: string;
  /** In full size, where it scrolls in both directions, instead of fitted to the window. */
  isFull: boolean;
  setIsFull: (isFull: boolean) => void;
  close: () => void;
  onKeyDown?: KeyboardEventHandler;
  /** The picture. A press on it changes its size. */
  children: ReactNode;
  /** Controls before and after the button for the size. */
  before?: ReactNode;
  after?: ReactNode;
}

/** A picture over the whole window. The native dialog keeps the focus inside and returns it afterwards. */
export function ViewerDialog(props: ViewerDialogProps) {
  const { title, isFull, setIsFull, close, onKeyDown, children, before, after } = props;
  const { imageViewer } = useOverlayStrings();
  const dialog = useRef<HTMLDialogElement>(null);
  const sizeLabel = isFull ? imageViewer.fit : imageViewer.fullSize;

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  return (
    <dialog ref={dialog} className={styles.viewer} aria-label={title} onClose={close} onKeyDown={onKeyDown}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has the buttons, and Escape. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a click beside the picture closes, as everywhere. */}
      <div
        className={styles.stage}
        data-full={isFull || undefined}
        onClick={({ target, currentTarget }) =>
          target === currentTarget ? dialog.current?.close() : setIsFull(!isFull)
        }
      >
        {children}
      </div>
      <div className={styles.tools}>
        {before}
        <button type="button" aria-label={sizeLabel} title={sizeLabel} onClick={() => setIsFull(!isFull)}>
          <Icon name={isFull ? 'shrink' : 'grow'} />
        </button>
        {after}
        <button
          type="button"
          aria-label={imageViewer.close}
          title={imageViewer.close}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </div>
    </dialog>
  );
}

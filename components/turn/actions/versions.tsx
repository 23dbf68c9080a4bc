import { Icon } from '../../ui/icon';
import { useTurnFooterStrings } from '../use-turn-footer-strings';
import styles from './versions.module.css';

interface VersionsProps {
  of: 'user' | 'reply';
  /** All versions, oldest first. */
  ids: readonly string[];
  shown: string;
  disabled: boolean;
  choose: (turnId: string) => void;
}

/** `‹ 2/3 ›`: switches between the edits of a message or the versions of a reply. */
export function Versions({ of, ids, shown, disabled, choose }: VersionsProps) {
  const turnFooter = useTurnFooterStrings();
  const labels =
    of === 'user'
      ? {
          all: turnFooter.edits,
          previous: turnFooter.previousEdit,
          next: turnFooter.nextEdit,
          shown: turnFooter.editVersion,
        }
      : {
          all: turnFooter.versions,
          previous: turnFooter.previousVersion,
          next: turnFooter.nextVersion,
          shown: turnFooter.version,
        };
  const index = ids.indexOf(shown);
  const previousId = ids[index - 1];
  const nextId = ids[index + 1];
  return (
    <fieldset className={styles.versions} aria-label={labels.all}>
      <button
        type="button"
        data-control={`previous-${of}`}
        aria-label={labels.previous}
        disabled={disabled || previousId === undefined}
        onClick={() => previousId !== undefined && choose(previousId)}
      >
        <Icon name="chevron-left" size={14} />
      </button>
      <span role="img" aria-label={labels.shown(index + 1, ids.length)}>
        {`${index + 1}/${ids.length}`}
      </span>
      <button
        type="button"
        data-control={`next-${of}`}
        aria-label={labels.next}
        disabled={disabled || nextId === undefined}
        onClick={() => nextId !== undefined && choose(nextId)}
      >
        <Icon name="chevron-right" size={14} />
      </button>
    </fieldset>
  );
}

import { Icon } from '../ui/icon';
import { useWords } from '../words';
import styles from './versions.module.css';

interface VersionsProps {
  /** All versions, oldest first. */
  ids: readonly string[];
  shown: string;
  disabled: boolean;
  choose: (turnId: string) => void;
}

/** `‹ 2/3 ›`: turns with one parent are versions of each other. */
export function Versions({ ids, shown, disabled, choose }: VersionsProps) {
  const { turn } = useWords();
  const index = ids.indexOf(shown);
  const previous = ids[index - 1];
  const next = ids[index + 1];
  return (
    <fieldset className={styles.versions} aria-label={turn.versions}>
      <button
        type="button"
        data-control="earlier"
        aria-label={turn.previousVersion}
        disabled={disabled || previous === undefined}
        onClick={() => previous !== undefined && choose(previous)}
      >
        <Icon name="chevron-left" size={14} />
      </button>
      <span role="img" aria-label={turn.version(index + 1, ids.length)}>
        {index + 1}/{ids.length}
      </span>
      <button
        type="button"
        data-control="later"
        aria-label={turn.nextVersion}
        disabled={disabled || next === undefined}
        onClick={() => next !== undefined && choose(next)}
      >
        <Icon name="chevron-right" size={14} />
      </button>
    </fieldset>
  );
}

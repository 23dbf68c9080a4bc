import { Icon } from '../ui/icon';
import { useStrings } from '../use-strings';
import { useTurnFooterStrings } from './use-turn-footer-strings';
import styles from './versions.module.css';

interface VersionsProps {
  /** Of what was said, or of the reply to it. */
  of: 'words' | 'reply';
  /** All versions, oldest first. */
  ids: readonly string[];
  shown: string;
  disabled: boolean;
  choose: (turnId: string) => void;
}

/** `‹ 2/3 ›`: turns with one parent are versions of each other. */
export function Versions({ of, ids, shown, disabled, choose }: VersionsProps) {
  const { turn } = useStrings();
  const turnFooter = useTurnFooterStrings();
  const names =
    of === 'words'
      ? {
          all: turnFooter.edits,
          earlier: turnFooter.previousEdit,
          later: turnFooter.nextEdit,
          at: turnFooter.editVersion,
        }
      : { all: turn.versions, earlier: turn.previousVersion, later: turn.nextVersion, at: turn.version };
  const index = ids.indexOf(shown);
  const previous = ids[index - 1];
  const next = ids[index + 1];
  return (
    <fieldset className={styles.versions} aria-label={names.all}>
      <button
        type="button"
        data-control={`earlier-${of}`}
        aria-label={names.earlier}
        disabled={disabled || previous === undefined}
        onClick={() => previous !== undefined && choose(previous)}
      >
        <Icon name="chevron-left" size={14} />
      </button>
      <span role="img" aria-label={names.at(index + 1, ids.length)}>
        {index + 1}/{ids.length}
      </span>
      <button
        type="button"
        data-control={`later-${of}`}
        aria-label={names.later}
        disabled={disabled || next === undefined}
        onClick={() => next !== undefined && choose(next)}
      >
        <Icon name="chevron-right" size={14} />
      </button>
    </fieldset>
  );
}

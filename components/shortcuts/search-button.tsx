import { IconButton } from '../ui/icon-button';
import { useStrings } from '../use-strings';
import { ariaKeys, keyNames } from './key-names';
import { useOverlay } from './overlay';
import { SHORTCUTS } from './shortcuts';
import { useApple } from './use-apple';

const CHORD = SHORTCUTS.find(({ id }) => id === 'palette')?.chords[0];

/** Opens the palette. `before` runs first, to close what is open. */
export function SearchButton({ before }: { before?: () => void }) {
  const { palette } = useStrings();
  const { show } = useOverlay();
  const isApple = useApple();
  return (
    <IconButton
      icon="search"
      label={palette.title}
      title={CHORD ? `${palette.title} (${keyNames(CHORD, isApple).join(' ')})` : palette.title}
      aria-keyshortcuts={CHORD && ariaKeys(CHORD, isApple)}
      onClick={() => {
        before?.();
        show('palette');
      }}
    />
  );
}

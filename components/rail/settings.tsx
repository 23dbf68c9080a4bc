import { LANGUAGE_ROWS, LANGUAGES } from '@/lib/chat/language';
import { setLanguage, setTheme } from '@/lib/client/actions';
import { useTheme } from '@/lib/client/hooks';
import { THEMES, type Theme } from '@/lib/client/state/preferences';
import { useOverlay } from '../shortcuts/overlay';
import { Icon, type IconName } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Segments } from '../ui/segments';
import { useLanguage, useStrings } from '../use-strings';
import styles from './settings.module.css';

const ICONS: Record<Theme, IconName> = { system: 'system', light: 'sun', dark: 'moon' };

/** Language, theme, and the dialog about devices and data: at the foot of the rail on a wide screen, in the conversation menu on a phone. `before` closes what is open. */
export function Settings({ before }: { before?: () => void }) {
  const { rail } = useStrings();
  const { show } = useOverlay();
  const language = useLanguage();
  const theme = useTheme();
  return (
    <div className={styles.settings}>
      <Segments
        legend={rail.language}
        value={language}
        choose={setLanguage}
        segments={LANGUAGES.map((value) => ({
          value,
          label: LANGUAGE_ROWS[value].name,
          content: LANGUAGE_ROWS[value].shortName,
        }))}
      />
      <Segments
        legend={rail.theme}
        value={theme}
        choose={setTheme}
        segments={THEMES.map((value) => ({
          value,
          label: rail.themes[value],
          content: <Icon name={ICONS[value]} size={16} />,
        }))}
      />
      <IconButton
        icon="person"
        label={rail.guest}
        aria-haspopup="dialog"
        onClick={() => {
          before?.();
          show('guest');
        }}
      />
    </div>
  );
}

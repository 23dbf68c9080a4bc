import { LANGUAGE_ROWS, LANGUAGES } from '@/lib/chat/language';
import { setLanguage, setTheme } from '@/lib/client/actions';
import { useTheme } from '@/lib/client/hooks';
import { THEMES, type Theme } from '@/lib/client/state/preferences';
import { Icon, type IconName } from '../ui/icon';
import { Segments } from '../ui/segments';
import { useLanguage, useStrings } from '../use-strings';
import styles from './settings.module.css';

const ICONS: Record<Theme, IconName> = { system: 'system', light: 'sun', dark: 'moon' };

/** Language and theme: at the foot of the rail on a wide screen, in the conversation menu on a phone. */
export function Settings() {
  const { rail } = useStrings();
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
    </div>
  );
}

import { SearchButton } from '../shortcuts/search-button';
import { useStrings } from '../use-strings';
import styles from './brand.module.css';

export function Brand() {
  return (
    <div className={styles.brand}>
      <i className={styles.mark} aria-hidden="true" />
      <span className={styles.name}>{useStrings().app.name}</span>
      <SearchButton />
    </div>
  );
}

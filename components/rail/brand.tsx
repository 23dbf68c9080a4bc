import { SearchButton } from '../shortcuts/search-button';
import { useWords } from '../words';
import styles from './brand.module.css';

export function Brand() {
  return (
    <div className={styles.brand}>
      <i className={styles.mark} aria-hidden="true" />
      <span className={styles.name}>{useWords().app.name}</span>
      <SearchButton />
    </div>
  );
}

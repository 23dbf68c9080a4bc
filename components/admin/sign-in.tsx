import { withBasePath } from '@/lib/chat/site-path';
import type { AdminStrings } from '@/lib/chat/strings/admin';
import styles from './sign-in.module.css';

interface SignInProps {
  strings: AdminStrings;
  /** `problem` of the page's address. */
  problem: unknown;
}

/** A plain form, so that it works before any script has loaded, and without one. */
export function SignIn({ strings: { title, signIn }, problem }: SignInProps) {
  const [, text] = Object.entries(signIn.problems).find(([name]) => name === problem) ?? [];
  return (
    <main className={styles.page}>
      <form className={styles.form} method="post" action={withBasePath('/api/admin/session')}>
        <h1>{title}</h1>
        {text !== undefined && (
          <p className={styles.problem} role="alert">
            {text}
          </p>
        )}
        <label htmlFor="token">{signIn.label}</label>
        <input
          id="token"
          name="token"
          type="password"
          autoComplete="current-password"
          aria-describedby="token-hint"
          required
        />
        <p className={styles.hint} id="token-hint">
          {signIn.hint} <code>ADMIN_TOKEN</code>
        </p>
        <button type="submit">{signIn.submit}</button>
      </form>
    </main>
  );
}

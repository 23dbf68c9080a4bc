import type { AdminStrings } from '@/lib/chat/strings/admin';
import styles from './sign-in.module.css';

interface SignInProps {
  strings: AdminStrings;
  problem: keyof AdminStrings['signIn']['problems'] | null;
}

/** A plain form, so that it works before any script has loaded, and without one. */
export function SignIn({ strings: { title, signIn }, problem }: SignInProps) {
  return (
    <main className={styles.page}>
      <form className={styles.form} method="post" action="/api/admin/session">
        <h1>{title}</h1>
        {problem && (
          <p className={styles.problem} role="alert">
            {signIn.problems[problem]}
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

'use client';

import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import type { Language } from '@/lib/chat/language';
import { withBasePath } from '@/lib/chat/site-path';
import { stringsFor } from '@/lib/chat/strings';
import { type AccessStrings, accessStrings } from '@/lib/chat/strings/access';
import { enterAccessCode } from '@/lib/client/actions/enter-access-code';
import { keepsCookies } from '@/lib/client/browser/keeps-cookies';
import type { ClientErrorInfo } from '@/lib/client/http/client-error';
import styles from './access-form.module.css';

interface AccessFormProps {
  language: Language;
  /** A path of this site. */
  returnTo: string;
}

/** The field for the access code. A wrong code stays in it, so that it can be corrected. */
export function AccessForm({ language, returnTo }: AccessFormProps) {
  const strings = accessStrings(language);
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => field.current?.focus(), []);
  // Otherwise the right code would lead back here without a word.
  useEffect(() => {
    if (!keepsCookies()) setProblem(strings.noCookies);
  }, [strings]);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy || !keepsCookies()) return;
    setBusy(true);
    setProblem('');
    const result = await enterAccessCode(code);
    if (result.ok) return leaveTo(returnTo);
    setBusy(false);
    setProblem(problemText(strings, language, result.error));
    field.current?.select();
  };

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      {/* Sent only if the script has not loaded. The code has no name, so it never gets into an address. */}
      <input type="hidden" name="next" value={returnTo} />
      <label htmlFor="access-code">{strings.label}</label>
      <input
        id="access-code"
        ref={field}
        type="password"
        autoComplete="current-password"
        required
        value={code}
        aria-invalid={problem !== ''}
        aria-describedby="access-problem"
        onChange={(event) => setCode(event.target.value)}
      />
      <p id="access-problem" className={styles.problem} role="alert">
        {problem}
      </p>
      <button type="submit" aria-disabled={busy}>
        {busy ? strings.checking : strings.enter}
      </button>
    </form>
  );
}

/** The part after `#` never reaches the server, but is still in this page's address. */
function leaveTo(path: string): void {
  const [wanted = '/'] = path.split('#');
  location.replace(withBasePath(location.hash ? wanted + location.hash : path));
}

function problemText(strings: AccessStrings, language: Language, error: ClientErrorInfo): string {
  const wait = Math.ceil((error.retryAfterMs ?? 0) / 1000);
  if (error.code === 'unauthorized') return wait > 1 ? strings.wrongWait(wait) : strings.wrong;
  if (error.code === 'rate_limited') return strings.tooMany(Math.max(wait, 1));
  const { what, next } = stringsFor(language).failures.codes[error.code];
  return language === 'zh' ? what + next : `${what} ${next}`;
}

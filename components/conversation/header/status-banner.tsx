import type { ReactNode } from 'react';
import { type Failure, failureAdvice, failureText } from '@/lib/chat/strings/failure-text';
import {
  type ConversationView,
  useCookieMissing,
  useHealth,
  useJoinable,
  useRefusal,
} from '@/lib/client/hooks';
import { Icon } from '../../ui/icon';
import { LazyPart, useLazyPart } from '../../ui/lazy/lazy-part';
import { useFailureStrings } from '../../use-failure-strings';
import styles from './status-banner.module.css';

const NO_COOKIES: Failure = { code: 'unauthorized', reason: 'no_cookies' };

/**
 * Warns above the conversation that the server no longer knows this browser or cannot reach its store, that the last
 * refresh failed, or that nothing here lasts.
 */
export function StatusBanner({ conversation }: { conversation: ConversationView }) {
  const { value: health } = useHealth();
  const refusal = useRefusal();
  const joinable = useJoinable();
  const Offer = useLazyPart(JOIN_OFFER, joinable > 0);
  const { phase, error } = conversation;
  const { ok = true, reason } = health?.store ?? {};
  const failure = { code: 'store_unavailable', reason } as const;
  const outage = ok ? null : failure;
  const hint = ok && reason ? failure : null;
  const noCookies = useCookieMissing() ? NO_COOKIES : null;
  const strings = useFailureStrings(noCookies ?? outage ?? error ?? hint);

  const needsReload = refusal
    ? failureText(strings, refusal, 'drafts')
    : noCookies && strings.failures.storage.no_cookies && failureAdvice(strings, noCookies);
  if (needsReload)
    return (
      <Banner text={needsReload}>
        <button type="button" onClick={() => location.reload()}>
          {strings.pages.reload}
        </button>
      </Banner>
    );
  if (outage) return <Banner text={failureText(strings, outage, 'tab')} />;
  if (phase === 'ready' && error) return <Banner text={failureText(strings, error, 'history')} />;
  if (hint && reason && strings.failures.storage[reason])
    return <Banner text={failureAdvice(strings, hint)} />;
  return Offer && joinable > 0 ? <Offer total={joinable} /> : null;
}

/** Loads only for a person who has just signed in. */
const JOIN_OFFER = new LazyPart(() => import('../../guest/join-offer').then(({ JoinOffer }) => JoinOffer));

function Banner({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <p className={styles.banner} role="alert">
      <Icon name="alert" size={16} />
      {text}
      {children}
    </p>
  );
}

import { headers } from 'next/headers';
import { Shell } from '@/components/shell';
import { earlyCallsScript } from '@/lib/client/actions/early-calls-script';
import { requestChoices } from './request-choices';

/** Rendered for each request, because language and theme depend on the reader's cookies. */
export const dynamic = 'force-dynamic';

export default async function Page() {
  const { language, isFirstVisit } = await requestChoices();
  return (
    <>
      {!isFirstVisit && (
        <script
          nonce={await nonceOfRequest()}
          // Browsers hide the nonce from scripts, so React would report a mismatch when it hydrates.
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: it holds nothing of the request.
          dangerouslySetInnerHTML={{ __html: earlyCallsScript }}
        />
      )}
      <Shell negotiated={language} isFirstVisit={isFirstVisit} />
    </>
  );
}

/** `proxy.ts` made it, and Next takes it from the same header for its own scripts. */
async function nonceOfRequest(): Promise<string | undefined> {
  const policy = (await headers()).get('content-security-policy') ?? '';
  return /'nonce-([^']+)'/.exec(policy)?.[1];
}

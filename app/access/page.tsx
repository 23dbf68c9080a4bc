import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { AccessForm } from '@/components/access/access-form';
import { NoticePage } from '@/components/notice-page';
import { withBasePath } from '@/lib/chat/site-path';
import { accessStrings } from '@/lib/chat/strings/access';
import { neededFor } from '@/lib/server/access/page-access';
import { returnPath } from '@/lib/server/access/return-path';
import { inRequest } from '@/lib/server/request-context';
import { services } from '@/lib/server/services';
import { requestChoices } from '../request-choices';

export const dynamic = 'force-dynamic';

export async function generateMetadata(): Promise<Metadata> {
  const strings = accessStrings((await requestChoices()).language);
  const title = (await needed()) === 'account' ? strings.signInTitle : strings.title;
  return { title, robots: { index: false } };
}

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Asks for the access code or a sign-in, then leads to the address that was wanted. */
export default async function AccessPage({ searchParams }: PageProps) {
  const [{ language }, { next, failed }] = await Promise.all([requestChoices(), searchParams]);
  const strings = accessStrings(language);
  const returnTo = returnPath(typeof next === 'string' ? next : null);
  if ((await needed()) === 'account')
    return (
      <NoticePage title={strings.signInTitle} text={failed ? strings.signInFailed : strings.signInText}>
        <a href={withBasePath(`/api/access/oidc?next=${encodeURIComponent(returnTo)}`)}>{strings.signIn}</a>
      </NoticePage>
    );
  return (
    <NoticePage title={strings.title} text={strings.text}>
      <AccessForm language={language} returnTo={returnTo} />
    </NoticePage>
  );
}

/** `code` if the store is unreachable: entering one then shows what is wrong. */
async function needed(): Promise<'code' | 'account' | null> {
  const request = new Request('http://localhost/access', { headers: new Headers(await headers()) });
  try {
    return await inRequest(request, async () => neededFor(request, await services()));
  } catch {
    return 'code';
  }
}

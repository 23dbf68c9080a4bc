import type { Metadata } from 'next';
import { AccessForm } from '@/components/access/access-form';
import { NoticePage } from '@/components/notice-page';
import { accessStrings } from '@/lib/chat/strings/access';
import { returnPath } from '@/lib/server/access/return-path';
import { requestChoices } from '../request-choices';

export const dynamic = 'force-dynamic';

export async function generateMetadata(): Promise<Metadata> {
  const { title } = accessStrings((await requestChoices()).language);
  return { title, robots: { index: false } };
}

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Asks for the access code, then leads to the address that one wanted. */
export default async function AccessPage({ searchParams }: PageProps) {
  const [{ language }, { next }] = await Promise.all([requestChoices(), searchParams]);
  const { title, text } = accessStrings(language);
  return (
    <NoticePage title={title} text={text}>
      <AccessForm language={language} returnTo={returnPath(typeof next === 'string' ? next : null)} />
    </NoticePage>
  );
}

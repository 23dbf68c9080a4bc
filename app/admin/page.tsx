import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { AdminPage } from '@/components/admin/admin-page';
import { SignIn } from '@/components/admin/sign-in';
import { adminStrings } from '@/lib/chat/strings/admin';
import { readAdminPage } from '@/lib/server/admin/read-report';
import { inRequest } from '@/lib/server/request-context';
import { services } from '@/lib/server/services';
import { requestChoices } from '../request-choices';

export const dynamic = 'force-dynamic';

export async function generateMetadata(): Promise<Metadata> {
  const { title } = adminStrings((await requestChoices()).language);
  return { title: `${title} · Confab`, robots: { index: false } };
}

interface PageProps {
  searchParams: Promise<{ problem?: string | string[] }>;
}

/** Needs the admin token. On a server without one, the page does not exist. */
export default async function Page({ searchParams }: PageProps) {
  const strings = adminStrings((await requestChoices()).language);
  const sent = await headers();
  const page = await inRequest({ headers: sent }, async () =>
    readAdminPage(await services(), sent.get('cookie'), Date.now()),
  );
  switch (page.kind) {
    case 'none':
      return notFound();
    case 'signed_out': {
      const { problem } = await searchParams;
      return <SignIn strings={strings} problem={problem} />;
    }
    case 'report':
      return <AdminPage strings={strings} report={page.report} />;
  }
}

import { Shell } from '@/components/shell';
import { requestChoices } from './request-choices';

/** Rendered for each request, because language and theme depend on the reader's cookies. */
export const dynamic = 'force-dynamic';

export default async function Page() {
  const { language, isFirstVisit } = await requestChoices();
  return <Shell negotiated={language} isFirstVisit={isFirstVisit} />;
}

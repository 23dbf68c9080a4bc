import { Shell } from '@/components/shell';
import { requestChoices } from './request-choices';

/** Rendered per request: the language and the theme are the reader's, and the guest cookie comes with it. */
export const dynamic = 'force-dynamic';

export default async function Page() {
  const { language, newcomer } = await requestChoices();
  return <Shell negotiated={language} newcomer={newcomer} />;
}

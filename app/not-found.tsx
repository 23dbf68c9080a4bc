import { NoticePage } from '@/components/notice-page';
import { stringsFor } from '@/lib/chat/strings';
import { requestChoices } from './request-choices';

export default async function NotFound() {
  const { pages } = stringsFor((await requestChoices()).language);
  return (
    <NoticePage title={pages.notFoundTitle} text={pages.notFoundText}>
      {/* A router link would add to the first load of every page, for this one that hardly anybody sees. */}
      <a href="/">{pages.home}</a>
    </NoticePage>
  );
}

import { MessagePage } from '@/components/notice-page';
import { stringsFor } from '@/lib/chat/strings';
import { requestChoices } from './request-choices';

export default async function NotFound() {
  const { pages } = stringsFor((await requestChoices()).language);
  return (
    <MessagePage title={pages.notFoundTitle} text={pages.notFoundText}>
      {/* No router link: it would be in the first load of every page, for one that nobody comes to. */}
      <a href="/">{pages.home}</a>
    </MessagePage>
  );
}

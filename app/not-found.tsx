import { NoticePage } from '@/components/notice-page';
import { withBasePath } from '@/lib/chat/site-path';
import { stringsFor } from '@/lib/chat/strings';
import { requestChoices } from './request-choices';

export default async function NotFound() {
  const { pages } = stringsFor((await requestChoices()).language);
  return (
    <NoticePage title={pages.notFoundTitle} text={pages.notFoundText}>
      {/* A `Link` would grow every page's first load for a page few people see. */}
      <a href={withBasePath('/')}>{pages.home}</a>
    </NoticePage>
  );
}

import Link from 'next/link';
import { MessagePage } from '@/components/message-page';
import { wordsFor } from '@/lib/chat/words';
import { requestChoices } from './request-choices';

export default async function NotFound() {
  const { pages } = wordsFor((await requestChoices()).language);
  return (
    <MessagePage title={pages.notFoundTitle} text={pages.notFoundText}>
      <Link href="/">{pages.home}</Link>
    </MessagePage>
  );
}

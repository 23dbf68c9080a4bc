import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { LANGUAGES } from '@/lib/chat/language';
import { stringsFor } from '@/lib/chat/strings';
import type { AssistantView } from '../use-assistants';
import { LanguageProvider } from '../use-strings';
import { Welcome } from './welcome';

it.each(LANGUAGES)('an empty conversation says in one line what is special here (%s)', (language) => {
  const { assistants, conversation } = stringsFor(language);
  const assistant: AssistantView = { id: 'teacher', icon: 'book', hue: 1, ...assistants.teacher };
  const html = renderToStaticMarkup(
    <LanguageProvider language={language}>
      <Welcome assistant={assistant} fillComposer={() => {}} />
    </LanguageProvider>,
  );
  expect(html).toContain(assistants.teacher.greeting.title);
  expect(html).toMatch(new RegExp(`<p class="[^"]*">${conversation.promise}</p>`));
});

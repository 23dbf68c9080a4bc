import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import { client } from '../actions/client';
import * as hooks from '.';
import { useSessions } from './session-list-hooks';

/** Renders the values of the hooks. */
const Probe = () =>
  JSON.stringify([
    hooks.useHydrated(),
    hooks.useTheme(),
    hooks.useLanguage(),
    hooks.useActiveAssistant(),
    hooks.useConversation('teacher').phase,
    hooks.useTurnIds('s'),
    hooks.usePending('s'),
    hooks.useDraft('teacher'),
    hooks.useAssistantStates(),
    useSessions('teacher').phase,
    hooks.useModels().models,
    hooks.useHealth().phase,
  ]);

it('the first render ignores what the browser has stored, so that it equals the server’s', () => {
  client.preferences.setState({ theme: 'dark', activeAssistantId: 'teacher', sessionIds: { teacher: 's' } });
  const html = renderToString(createElement(Probe)).replaceAll('&quot;', '"');
  expect(JSON.parse(html)).toEqual([
    false,
    'system',
    null,
    null,
    'loading',
    [],
    [],
    '',
    {},
    'loading',
    [],
    'idle',
  ]);
});

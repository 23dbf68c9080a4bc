import { test as base, fakeModelSettings } from '../fixtures';
import { type AppServer, startAppServer } from '../servers/app-server';

/** On a server that also has a model with rich replies and one that sees. */
export const test = base.extend<object, { app: AppServer }>({
  app: [
    async ({ fake }, use) => {
      const app = await startAppServer({
        ...fakeModelSettings(fake),
        OPENAI_MODELS: 'fake-plain,fake-rich,fake-vision',
      });
      await use(app);
      await app.dispose();
    },
    { scope: 'worker' },
  ],
});

/** The texts of turn `n` for `seedConversation`: a reply higher than a phone, with links inside the page and a footnote. */
export const longReply = (n: number) => ({
  message: `Question ${n}: what is it?`,
  reply: [
    'A claim with a source[^1], [a part](#composer), [nowhere](#nothing) and [a sign](#%zz).',
    ...Array.from({ length: 12 }, (_, k) => `Paragraph ${k} of reply ${n}.`),
    `[^1]: The source of reply ${n}.`,
  ].join('\n\n'),
});

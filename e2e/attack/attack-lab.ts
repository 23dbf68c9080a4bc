import { type FakeOpenAI, startFakeOpenAI } from '../support/fake-openai/fake-openai';
import { type AppServer, startAppServer } from '../support/servers/app-server';
import { AttackBrowser } from './attack-browser';
import { AttackerSite } from './attacker-site';
import { Secrets } from './log-search';
import { Visitor } from './visitor';

/** The host name of the product in the browser; `evil.test` is another site, `other.chat.test` a sibling. */
export const CHAT_HOST = 'chat.test';

/** The servers of a run, all on loopback. Rows with the same settings share a server. */
export class AttackLab {
  readonly secrets = new Secrets();
  readonly #apps = new Map<string, Promise<AppServer>>();
  #browser: Promise<AttackBrowser> | null = null;

  private constructor(
    readonly model: FakeOpenAI,
    readonly attacker: AttackerSite,
  ) {}

  static async start(): Promise<AttackLab> {
    return new AttackLab(await startFakeOpenAI(), await AttackerSite.start());
  }

  /** The product with these settings. `own`: a name for a server that no other row uses. */
  app(settings: Record<string, string> = {}, own = ''): Promise<AppServer> {
    const key = own + JSON.stringify(settings);
    const running = this.#apps.get(key) ?? this.#start(settings);
    this.#apps.set(key, running);
    return running;
  }

  async visitor(app: AppServer, headers?: Record<string, string>): Promise<Visitor> {
    const visitor = new Visitor(app.url, this.secrets, headers);
    await visitor.visit();
    return visitor;
  }

  /** A visitor who has never opened the page. */
  stranger(app: AppServer, headers?: Record<string, string>): Visitor {
    return new Visitor(app.url, this.secrets, headers);
  }

  browser(): Promise<AttackBrowser> {
    this.#browser ??= AttackBrowser.launch();
    return this.#browser;
  }

  /** How many times a model was asked with a message that contains this text. */
  asked(text: string): number {
    return this.model.requests.filter(({ lastUser }) => lastUser.includes(text)).length;
  }

  /** Everything that the servers have written. */
  async logs(): Promise<string[]> {
    const apps = await Promise.allSettled(this.#apps.values());
    return apps.flatMap((app) => (app.status === 'fulfilled' ? [app.value.output()] : []));
  }

  async dispose(): Promise<void> {
    await (await this.#browser)?.close();
    for (const app of await Promise.allSettled(this.#apps.values()))
      if (app.status === 'fulfilled') await app.value.dispose();
    await this.attacker.close();
    await this.model.close();
  }

  #start(settings: Record<string, string>): Promise<AppServer> {
    return startAppServer({
      OPENAI_API_KEY: this.secrets.make('api key'),
      OPENAI_BASE_URL: this.model.baseUrl,
      OPENAI_MODELS: 'fake-plain',
      ALLOWED_HOSTS: CHAT_HOST,
      ...settings,
    });
  }
}

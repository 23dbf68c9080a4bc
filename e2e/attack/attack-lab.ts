import { type FakeOpenAI, startFakeOpenAI } from '../support/fake-openai/fake-openai';
import { type AppServer, startAppServer } from '../support/servers/app-server';
import { AttackBrowser } from './attack-browser';
import { AttackerSite } from './attacker-site';
import { Secrets } from './secrets';
import { Visitor } from './visitor';

/** The host name of the product in the browser; `evil.test` is another site, `other.chat.test` a sibling. */
export const CHAT_HOST = 'chat.test';

/** The key of the server without settings. */
const SHARED = '{}';

/** No limits: rows share a server, and all of them come from one address. */
export const UNLIMITED = {
  TURNS_PER_MINUTE: '0',
  CONCURRENT_REPLIES: '0',
  TURNS_PER_MINUTE_PER_ADDRESS: '0',
  GUESTS_PER_HOUR: '0',
  IMAGES_PER_HOUR: '0',
  GUEST_STORAGE_MB: '0',
};

/** The servers of a run, all on loopback. Rows without settings share one; the others end with their row. */
export class AttackLab {
  readonly secrets = new Secrets();
  readonly #apps = new Map<string, Promise<AppServer>>();
  /** What the servers of earlier rows have written. */
  readonly #endedLogs: string[] = [];
  #browser: Promise<AttackBrowser> | null = null;

  private constructor(
    readonly model: FakeOpenAI,
    readonly attacker: AttackerSite,
  ) {}

  static async start(): Promise<AttackLab> {
    return new AttackLab(await startFakeOpenAI(), await AttackerSite.start());
  }

  /** The product with these settings, for this row. `own` tells several servers with the same settings apart. */
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

  /** How often the model was asked with a message that contains this text. */
  asked(text: string): number {
    return this.model.requests.filter(({ lastUser }) => lastUser.includes(text)).length;
  }

  /** Ends the servers of a row. */
  async endRow(): Promise<void> {
    for (const [key, app] of this.#apps) if (key !== SHARED) await this.#end(key, app);
  }

  /** Everything that the servers have written. */
  async logs(): Promise<string[]> {
    const apps = await Promise.allSettled(this.#apps.values());
    return [
      ...this.#endedLogs,
      ...apps.flatMap((app) => (app.status === 'fulfilled' ? [app.value.output()] : [])),
    ];
  }

  async dispose(): Promise<void> {
    await (await this.#browser)?.close();
    for (const [key, app] of this.#apps) await this.#end(key, app);
    await this.attacker.close();
    await this.model.close();
  }

  async #end(key: string, starting: Promise<AppServer>): Promise<void> {
    this.#apps.delete(key);
    const app = await starting.catch(() => null);
    await app?.dispose();
    if (app) this.#endedLogs.push(app.output());
  }

  #start(settings: Record<string, string>): Promise<AppServer> {
    const all = {
      OPENAI_API_KEY: this.secrets.make('api key'),
      OPENAI_BASE_URL: this.model.baseUrl,
      OPENAI_MODELS: 'fake-plain',
      ALLOWED_HOSTS: CHAT_HOST,
      ...UNLIMITED,
      ...settings,
    };
    return startAppServer(all, { root: process.env.ATTACK_ROOT });
  }
}

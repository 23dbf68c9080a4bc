import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FakeOpenAI, fakeModelSettings, startFakeOpenAI } from '../support/fake-openai/fake-openai';
import { type AppServer, startAppServer } from '../support/servers/app-server';
import { ConfabPage } from './confab-page';
import type { BrowserDriver } from './drivers/browser-driver';
import { type Cookies, type Engine, startBrowser } from './drivers/start-browser';

/** What a check works with. */
export interface Visit {
  page: ConfabPage;
  /** Without the requests of earlier checks. */
  fake: FakeOpenAI;
}

interface Running extends Visit {
  app: AppServer;
  driver: BrowserDriver;
}

/** One browser at a time, and a server that only this browser uses, so that none meets the limits of another. */
export class BrowserLab {
  /** The engine and its setting for cookies. */
  #kind = '';
  #running: Promise<Running> | null = null;

  /** `pictures`: the folder for a picture of the page after each check, if wanted. */
  constructor(private readonly pictures: string | undefined) {}

  /** The visit in this browser, which goes on from check to check. @throws each time if the browser did not start. */
  async visit(engine: Engine, cookies: Cookies): Promise<Visit> {
    const kind = `${engine}, cookies ${cookies}`;
    if (this.#kind !== kind) {
      await this.dispose();
      this.#kind = kind;
      this.#running = start(engine, cookies);
    }
    const running = await this.#running;
    if (!running) throw new Error(`${kind}: closed`);
    running.fake.reset();
    return running;
  }

  /** Saves a picture of the page if pictures are wanted. */
  async takePicture(name: string): Promise<void> {
    const running = await this.#running?.catch(() => null);
    if (!this.pictures || !running) return;
    await mkdir(this.pictures, { recursive: true });
    await writeFile(
      join(this.pictures, `${name.replaceAll(' ', '-')}.png`),
      await running.driver.screenshot(),
    );
  }

  async dispose(): Promise<void> {
    const ending = this.#running;
    this.#running = null;
    const running = await ending?.catch(() => null);
    if (!running) return;
    await running.driver.close();
    await running.app.dispose();
    await running.fake.close();
  }
}

async function start(engine: Engine, cookies: Cookies): Promise<Running> {
  const driver = await startBrowser(engine, cookies);
  console.log(`\n${driver.name}, cookies ${cookies}`);
  const fake = await startFakeOpenAI();
  const settings = { OPENAI_MODELS: 'fake-vision,fake-plain', TURNS_PER_MINUTE: '1000' };
  const app = await startAppServer({ ...fakeModelSettings(fake), ...settings });
  const page = new ConfabPage(driver, app.url);
  await page.open();
  return { page, fake, app, driver };
}

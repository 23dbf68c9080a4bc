import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureCommand } from '../../scripts/support/test-tools.mjs';
import { type FakeOpenAI, startFakeOpenAI } from '../support/fake-openai/fake-openai';
import { NotAvailable } from '../support/run-checks';
import { type AppServer, startAppServer } from '../support/servers/app-server';
import { type Build, type BuildKind, ensureBuild } from './builds';

/** Shared by the checks of a run: builds are made once, everything else ends with its check. */
export class DeployLab {
  readonly #builds = new Map<BuildKind, Promise<Build>>();
  readonly #endings: (() => unknown)[] = [];

  /** The build of this kind, made on first use in a folder of its own. */
  build(kind: BuildKind): Promise<Build> {
    const made = this.#builds.get(kind) ?? ensureBuild(kind);
    this.#builds.set(kind, made);
    return made;
  }

  /** Runs when the check ends, last registered first; also for what a check starts itself. */
  onEnd(end: () => unknown): void {
    this.#endings.unshift(end);
  }

  /** An empty folder. */
  async folder(): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), 'confab-deploy-'));
    this.onEnd(() => rm(path, { recursive: true, force: true, maxRetries: 5 }));
    return path;
  }

  /** A model server; `fakeModelSettings(fake)` are the settings that point at it. */
  async model(): Promise<FakeOpenAI> {
    const fake = await startFakeOpenAI();
    this.onEnd(() => fake.close());
    return fake;
  }

  /** The plain production build, by `npm start`'s script, on loopback with a folder of its own. */
  async app(settings: Record<string, string> = {}): Promise<AppServer> {
    const { root } = await this.build('plain');
    const app = await startAppServer(settings, { root });
    this.onEnd(() => app.dispose());
    return app;
  }

  /** Installs the Debian package if the command is missing. @throws NotAvailable */
  async command(command: string, debianPackage = command): Promise<string> {
    const path = await ensureCommand(command, debianPackage);
    if (path) return path;
    throw new NotAvailable(
      `${command} is not installed, and apt-get could not install the package ${debianPackage}.`,
    );
  }

  async endCheck(): Promise<void> {
    for (const end of this.#endings.splice(0)) {
      try {
        await end();
      } catch (error) {
        console.error(`deploy-check: could not clean up: ${error}`);
      }
    }
  }

  dispose(): Promise<void> {
    return this.endCheck();
  }
}

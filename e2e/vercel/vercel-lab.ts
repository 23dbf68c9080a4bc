import { Redis } from 'ioredis';
import { type FakeOpenAI, startFakeOpenAI } from '@/e2e/support/fake-openai/fake-openai';
import { type Certificates, makeCertificates } from '@/e2e/support/servers/certificates';
import { RedisServer } from '@/e2e/support/servers/redis';
import { UpstashBridge } from '@/e2e/support/servers/upstash-bridge';
import { type SiteOptions, VercelSite } from './runtime/vercel-site';
import type { VercelBuild } from './vercel-build';
import { Visitor } from './visitor';

/** The build, a real Redis behind Upstash's API, a model, and the sites of the check that runs. */
export class VercelLab {
  readonly #sites: VercelSite[] = [];

  private constructor(
    readonly build: VercelBuild,
    readonly certificates: Certificates,
    readonly fake: FakeOpenAI,
    readonly redis: Redis,
    readonly bridge: UpstashBridge,
    readonly server: RedisServer,
  ) {}

  static async start(build: VercelBuild): Promise<VercelLab> {
    const server = await RedisServer.start();
    return new VercelLab(
      build,
      makeCertificates(),
      await startFakeOpenAI(),
      new Redis(server.url),
      await UpstashBridge.start(server.url),
      server,
    );
  }

  /** The variables of a store that the marketplace connected under a prefix. */
  get store(): Record<string, string> {
    return {
      STORAGE_KV_REST_API_URL: this.bridge.url,
      STORAGE_KV_REST_API_TOKEN: this.bridge.token,
      STORAGE_KV_REST_API_READ_ONLY_TOKEN: 'read-only-token',
      STORAGE_KV_URL: this.server.url,
      STORAGE_REDIS_URL: this.server.url,
    };
  }

  /** A deployment with a model and the store. Functions without a request are frozen. */
  async site({
    environment,
    ...options
  }: Partial<Omit<SiteOptions, 'output' | 'certificates'>> = {}): Promise<VercelSite> {
    const site = await VercelSite.start({
      output: this.build.output,
      certificates: this.certificates,
      freezes: true,
      environment: {
        OPENAI_API_KEY: 'sk-test',
        OPENAI_BASE_URL: this.fake.baseUrl,
        OPENAI_MODELS: 'fake-plain',
        ...(environment ?? this.store),
      },
      ...options,
    });
    this.#sites.push(site);
    return site;
  }

  /** A guest who has opened the page. */
  async guest(site: VercelSite): Promise<Visitor> {
    const visitor = new Visitor(site.url, this.certificates.ca);
    const { status, body } = await visitor.openPage();
    if (status !== 200) throw new Error(`the page answered ${status}: ${body.toString().slice(0, 300)}`);
    return visitor;
  }

  /** Releases this many parts of the model's held reply to this message; by default all remaining ones. */
  async release(contains: string, count?: number): Promise<void> {
    await this.fake.received(contains);
    this.fake.release({ contains, count });
  }

  /** The end of the functions' output in this check, to explain a failure. */
  get log(): string {
    return this.#sites.map(({ log }) => log.slice(-1_500)).join('');
  }

  /** Ends what the check has started. */
  async endCheck(): Promise<void> {
    this.fake.reset();
    await Promise.all(this.#sites.splice(0).map((site) => site.close()));
    await this.redis.flushall();
  }

  async dispose(): Promise<void> {
    await this.endCheck();
    this.redis.disconnect();
    await this.bridge.close();
    await this.server.close();
    await this.fake.close();
    this.certificates.remove();
  }
}

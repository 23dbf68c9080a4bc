import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type CommandResult, runCommand } from '../../deploy/run-command';
import { freePort } from './free-port';

const DEPLOY = fileURLToPath(new URL('../../../deploy', import.meta.url));
const STARTED_WITHIN_MS = 10_000;
const STOPPED_WITHIN_MS = 5_000;

/** The name in the files of `deploy`. */
export const SITE = 'chat.example.com';

/** A server behind a proxy has limits per guest and address, and in a test all clients share one address. */
export const WITHOUT_LIMITS = {
  TURNS_PER_MINUTE: '0',
  TURNS_PER_MINUTE_PER_ADDRESS: '0',
  CONCURRENT_REPLIES: '0',
  GUESTS_PER_HOUR: '0',
  CONNECTIONS_PER_ADDRESS: '0',
};

export const PROXIES = ['nginx', 'caddy'] as const;
export type ProxyKind = (typeof PROXIES)[number];

export interface FrontProxyOptions {
  /** The ports of the servers behind it. */
  ports: readonly number[];
  /** Changes the file of `deploy`, for a shorter time-out for example. */
  edit?: (file: string) => string;
  /** nginx only: also serves http instead of redirecting to https. */
  isPlain?: boolean;
}

/** nginx or Caddy with its file of `deploy`, on loopback ports and with a certificate of its own. */
export interface FrontProxy {
  readonly kind: ProxyKind;
  readonly httpPort: number;
  readonly httpsPort: number;
  /** Its certificate, in PEM. */
  readonly certificate: string;
  /** Everything it has written. */
  output(): string;
  /** The result of the program's own check of the file. */
  check(): Promise<CommandResult>;
  close(): Promise<void>;
}

/** Resolves once it listens. @throws with its output if it does not. */
export async function startFrontProxy(kind: ProxyKind, options: FrontProxyOptions): Promise<FrontProxy> {
  const folder = await mkdtemp(join(tmpdir(), `confab-${kind}-`));
  const paths = { folder, certificate: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  await makeCertificate(paths);
  const ports = { http: await freePort(), https: await freePort() };
  const { command, check, environment } = await COMMANDS[kind](paths, ports, options);
  // A process group of its own, which ends the workers of nginx with it.
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    detached: true,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      written += text;
    });
  const kill = () => void end(child, 'SIGKILL');
  process.once('exit', kill);
  const close = async () => {
    process.off('exit', kill);
    await end(child, 'SIGTERM');
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await untilListening(ports.https, child, () => written);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    kind,
    httpPort: ports.http,
    httpsPort: ports.https,
    certificate: await readFile(paths.certificate, 'utf8'),
    output: () => written,
    check: () => runCommand(check, { environment }),
    close,
  };
}

interface Paths {
  folder: string;
  certificate: string;
  key: string;
}

interface Ports {
  http: number;
  https: number;
}

interface Prepared {
  command: readonly string[];
  check: readonly [string, ...string[]];
  environment: Record<string, string>;
}

const COMMANDS: Record<
  ProxyKind,
  (paths: Paths, ports: Ports, options: FrontProxyOptions) => Promise<Prepared>
> = { nginx: prepareNginx, caddy: prepareCaddy };

/** The `server` block of nginx.conf for http. */
const LEADS_TO_HTTPS = /server \{\n[^}]*return 301[^}]*\}\n/;

async function prepareNginx(
  { folder, certificate, key }: Paths,
  { http, https }: Ports,
  { ports, edit = (file) => file, isPlain = false }: FrontProxyOptions,
): Promise<Prepared> {
  const servers = ports.map((port) => `server 127.0.0.1:${port} max_fails=0;`).join('\n    ');
  const site = edit(await readFile(join(DEPLOY, 'nginx.conf'), 'utf8'))
    .replace('server 127.0.0.1:3000 max_fails=0;', servers)
    .replaceAll(/^.*listen \[::\].*\n/gm, '')
    .replace(LEADS_TO_HTTPS, (block) => (isPlain ? '' : block))
    .replace(/(?<=^ {4})listen 443 /m, `${isPlain ? 'listen 80;\n    ' : ''}listen 127.0.0.1:${https} `)
    .replace(/(?<=^ {4})listen 80;/m, `listen 127.0.0.1:${http};`)
    .replace(/ssl_certificate .*;/, `ssl_certificate ${certificate};`)
    .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${key};`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `    ${name}_temp_path ${folder}/${name};`)
    .join('\n');
  // Wraps the file in the main configuration of a distribution.
  const whole = [
    process.getuid?.() === 0 ? 'user root;' : '',
    'daemon off;',
    `pid ${folder}/nginx.pid;`,
    'events { worker_connections 1024; }',
    'http {',
    '    access_log off;',
    '    gzip on;',
    temporary,
    `    include ${folder}/site.conf;`,
    '}',
  ].join('\n');
  await writeFile(join(folder, 'site.conf'), site);
  await writeFile(join(folder, 'nginx.conf'), whole);
  const args = ['-e', 'stderr', '-c', join(folder, 'nginx.conf')];
  return { command: ['nginx', ...args], check: ['nginx', '-t', ...args], environment: {} };
}

async function prepareCaddy(
  { folder, certificate, key }: Paths,
  { http, https }: Ports,
  { ports, edit = (file) => file }: FrontProxyOptions,
): Promise<Prepared> {
  const servers = ports.map((port) => `127.0.0.1:${port}`).join(' ');
  const site = edit(await readFile(join(DEPLOY, 'Caddyfile'), 'utf8'))
    .replace('127.0.0.1:3000', servers)
    .replace(`${SITE} {`, `${SITE} {\n\tbind 127.0.0.1\n\ttls ${certificate} ${key}`);
  const global = `{\n\tadmin off\n\thttp_port ${http}\n\thttps_port ${https}\n\tskip_install_trust\n}\n\n`;
  const file = join(folder, 'Caddyfile');
  await writeFile(file, global + site);
  const args = ['--config', file, '--adapter', 'caddyfile'];
  return {
    command: ['caddy', 'run', ...args],
    check: ['caddy', 'validate', ...args],
    environment: { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  };
}

async function makeCertificate({ certificate, key }: Paths): Promise<void> {
  const { code, output } = await runCommand([
    ...(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'] as const),
    ...['-subj', `/CN=${SITE}`, '-addext', `subjectAltName=DNS:${SITE}`],
    ...['-keyout', key, '-out', certificate],
  ]);
  if (code !== 0) throw new Error(`openssl made no certificate: ${output}`);
}

async function untilListening(port: number, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + STARTED_WITHIN_MS;
  for (;;) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`The proxy did not start:\n${output()}`);
    const isListening = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket
        .once('error', () => resolve(false))
        .once('connect', () => {
          socket.destroy();
          resolve(true);
        });
    });
    if (isListening) return;
    await pause(50);
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (!child.pid || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  process.kill(-child.pid, signal);
  const group = child.pid;
  const late = setTimeout(() => process.kill(-group, 'SIGKILL'), STOPPED_WITHIN_MS);
  await gone;
  clearTimeout(late);
}

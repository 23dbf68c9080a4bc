import { type ChildProcess, fork } from 'node:child_process';
import { type IncomingMessage, type RequestOptions, request as send } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { FunctionMessage, FunctionSettings } from './function-process';

const PROGRAM = fileURLToPath(new URL('./function-process.ts', import.meta.url));

export interface InstanceOptions {
  function: FunctionSettings;
  environment: Record<string, string>;
  /** Whether to stop the process while it has no request, as Vercel freezes it. */
  freezes: boolean;
  onOutput: (text: string) => void;
  onExit: (code: number | null) => void;
}

/** A process that serves one function. */
export class FunctionInstance {
  readonly #child: ChildProcess;
  readonly #freezes: boolean;
  readonly #port: Promise<number>;
  /** Requests sent to it, and requests that it reports as running. */
  #sent = 0;
  #running = 0;
  #freezeCount = 0;

  constructor({ function: settings, environment, freezes, onOutput, onExit }: InstanceOptions) {
    this.#freezes = freezes;
    this.#child = fork(PROGRAM, [], {
      execArgv: [],
      env: { NODE_ENV: 'production', ...environment, FUNCTION: JSON.stringify(settings) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', onOutput);
    const listening = Promise.withResolvers<number>();
    this.#port = listening.promise;
    this.#port.catch(() => undefined);
    this.#child.on('message', (message: FunctionMessage) => {
      if ('port' in message) listening.resolve(message.port);
      else this.#running = message.running;
      this.#freezeIfIdle();
    });
    this.#child.once('exit', (code) => {
      listening.reject(new Error(`the function exited with ${code}`));
      onExit(code);
    });
  }

  get isIdle(): boolean {
    return this.#sent === 0 && this.#running === 0;
  }

  /** The number of times it has been frozen. */
  get freezeCount(): number {
    return this.#freezeCount;
  }

  /** Wakes the process, and resolves with the start of its response. `pipe` writes the request's body and ends it. */
  async call(
    options: Pick<RequestOptions, 'method' | 'path' | 'headers'>,
    pipe: (request: ReturnType<typeof send>) => void,
  ): Promise<IncomingMessage> {
    this.#sent += 1;
    const leave = () => {
      this.#sent -= 1;
      this.#freezeIfIdle();
    };
    this.#child.kill('SIGCONT');
    const port = await this.#port.catch((error: unknown) => {
      leave();
      throw error;
    });
    return new Promise((resolve, reject) => {
      const request = send({ ...options, host: '127.0.0.1', port, agent: false });
      request.once('response', resolve).once('error', reject).once('close', leave);
      pipe(request);
    });
  }

  /** Kills it at once, like a platform that reclaims the machine. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #freezeIfIdle(): void {
    if (!this.#freezes || !this.isIdle || this.#child.exitCode !== null) return;
    this.#child.kill('SIGSTOP');
    this.#freezeCount += 1;
  }
}

import { once } from 'node:events';

/** A session with the inspector of a Node process, on a loopback port. */
export class Inspector {
  #lastId = 0;

  private constructor(private readonly socket: WebSocket) {}

  static async open(port: number): Promise<Inspector> {
    const [target] = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as {
      webSocketDebuggerUrl: string;
    }[];
    if (!target) throw new Error('There is no inspector target on this port.');
    const socket = new WebSocket(target.webSocketDebuggerUrl);
    await once(socket, 'open');
    return new Inspector(socket);
  }

  /** The bytes of heap in use after a full garbage collection. */
  async heapBytes(): Promise<number> {
    await this.#call('HeapProfiler.collectGarbage');
    return Number((await this.#call('Runtime.getHeapUsage')).usedSize);
  }

  close(): void {
    this.socket.close();
  }

  #call(method: string): Promise<Record<string, unknown>> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      const listener = ({ data }: MessageEvent) => {
        const message = JSON.parse(String(data)) as { id?: number; result?: Record<string, unknown> };
        if (message.id !== id) return;
        this.socket.removeEventListener('message', listener);
        resolve(message.result ?? {});
      };
      this.socket.addEventListener('message', listener);
      this.socket.send(JSON.stringify({ id, method }));
    });
  }
}

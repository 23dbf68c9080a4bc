import { randomBytes } from 'node:crypto';

/** The values that the servers of a run get and must not write to their logs. */
export class Secrets {
  readonly #values = new Map<string, string>();

  /** Ignores short values, which could occur in a log by chance. */
  add(kind: string, value: string): string {
    if (value.length >= 8) this.#values.set(value, kind);
    return value;
  }

  /** A new secret of this kind. */
  make(kind: string): string {
    return this.add(kind, `${kind.replace(/\W+/g, '-')}-${randomBytes(12).toString('hex')}`);
  }

  /** The message with a secret in it, so that it can be recognised. Commands to the fake model stay as they are. */
  text(content: string): string {
    if (content.startsWith('[[named]]')) return content;
    return `${content} ${this.make('message text')}`;
  }

  get size(): number {
    return this.#values.size;
  }

  /** The kinds of secrets in a log, each with its line. */
  in(log: string): { kind: string; line: string }[] {
    return [...this.#values]
      .filter(([value]) => forms(value).some((form) => log.includes(form)))
      .map(([value, kind]) => ({ kind, line: lineWith(log, value) }));
  }
}

/** How a value can be written in a log: as it is, in JSON, in an address or as base64. */
function forms(value: string): string[] {
  const inJson = JSON.stringify(value).slice(1, -1);
  const base64 = Buffer.from(value).toString('base64').replace(/=+$/, '');
  // The last characters of base64 depend on what follows.
  return [value, inJson, encodeURIComponent(value), base64.slice(0, -1)];
}

const lineWith = (log: string, value: string): string =>
  log
    .split('\n')
    .find((line) => forms(value).some((form) => line.includes(form)))
    ?.slice(0, 300) ?? '';

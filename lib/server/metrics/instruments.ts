/**
 * Counters, gauges and histograms, and their text for Prometheus:
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export type Labels<L extends string> = Readonly<Record<L, string>>;

/** One line of a metric: its labels and value. */
export interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
}

export interface Instrument {
  readonly name: string;
  /** The metric with its `HELP` and `TYPE`, each line ended. */
  text(): string;
}

/** A sum that only grows until the process ends. */
export class Counter<L extends string = never> implements Instrument {
  readonly #values = new Map<string, { labels: Labels<L>; value: number }>();

  constructor(
    readonly name: string,
    private readonly help: string,
  ) {}

  add(labels: Labels<L>, by = 1): void {
    const key = labelText(labels);
    const sample = this.#values.get(key);
    if (sample) sample.value += by;
    else this.#values.set(key, { labels, value: by });
  }

  samples(): { labels: Labels<L>; value: number }[] {
    return [...this.#values.values()];
  }

  text(): string {
    return headOf(this, this.help, 'counter') + linesOf(this.name, this.samples());
  }
}

/** A value that is read when it is asked for. */
export class Gauge implements Instrument {
  constructor(
    readonly name: string,
    private readonly help: string,
    readonly read: () => Sample[] | number,
    private readonly type: 'gauge' | 'counter' = 'gauge',
  ) {}

  text(): string {
    const value = this.read();
    const samples = typeof value === 'number' ? [{ labels: {}, value }] : value;
    return headOf(this, this.help, this.type) + linesOf(this.name, samples);
  }
}

interface Distribution<L extends string> {
  labels: Labels<L>;
  /** How many values fell into each bucket, and at the end those above the last. */
  counts: number[];
  sum: number;
}

/** How values are distributed over buckets. `bounds`: the upper bound of each, ascending. */
export class Histogram<L extends string = never> implements Instrument {
  readonly #values = new Map<string, Distribution<L>>();

  constructor(
    readonly name: string,
    private readonly help: string,
    readonly bounds: readonly number[],
  ) {}

  observe(labels: Labels<L>, value: number): void {
    const key = labelText(labels);
    let distribution = this.#values.get(key);
    if (!distribution) {
      distribution = { labels, counts: new Array(this.bounds.length + 1).fill(0), sum: 0 };
      this.#values.set(key, distribution);
    }
    const index = this.bounds.findIndex((bound) => value <= bound);
    const bucket = index === -1 ? this.bounds.length : index;
    distribution.counts[bucket] = (distribution.counts[bucket] ?? 0) + 1;
    distribution.sum += value;
  }

  distributions(): Distribution<L>[] {
    return [...this.#values.values()];
  }

  text(): string {
    const lines = this.distributions().map(({ labels, counts, sum }) => {
      let total = 0;
      const buckets = counts.map((count, index) => {
        total += count;
        return { labels: { ...labels, le: String(this.bounds[index] ?? '+Inf') }, value: total };
      });
      return [
        linesOf(`${this.name}_bucket`, buckets),
        linesOf(`${this.name}_sum`, [{ labels, value: sum }]),
        linesOf(`${this.name}_count`, [{ labels, value: total }]),
      ].join('');
    });
    return headOf(this, this.help, 'histogram') + lines.join('');
  }
}

const headOf = ({ name }: Instrument, help: string, type: string): string =>
  `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;

const linesOf = (name: string, samples: readonly Sample[]): string =>
  samples.map(({ labels, value }) => `${name}${labelText(labels)} ${value}\n`).join('');

/** `{a="1",b="2"}`, or nothing. */
function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

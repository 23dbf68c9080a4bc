import type { TargetName } from '../support/bench';
import type { StreamReport } from '../support/load-process';
import { percentile } from '../support/stats';
import { medianOf, milliseconds, ratioOf, rowWithLimit } from '../support/summary';
import { alternate, describeStart, type Measure, type Row, type Sample } from './measure';

const TARGETS: TargetName[] = ['raw', 'plain', 'product'];
const STREAMS = 50;
const PROBES = { count: 100, everyMs: 20 };

/** 50 streams of 200 tokens, one every 10 ms: token rate, order, time to first token, and health checks during it. */
export const fiftyStreams = (spreadMs: number): Measure => ({
  name: `50 streams, ${describeStart(spreadMs)}`,
  async round({ load, prober, product, job }, index) {
    const health = { url: `${product.url}/api/health`, ...PROBES };
    const sample: Sample = { idle: percentile(await prober.probe(health), 0.99) };
    for (const target of alternate(TARGETS, index)) {
      const streams = load.stream(job(target, 'bench-200x10', STREAMS, spreadMs));
      if (target === 'product') sample.busy = percentile(await prober.probe(health), 0.99);
      const report = await streams;
      sample[`${target}Rate`] = report.tokens / report.wallMs;
      sample[`${target}First`] = percentile(report.firstMs, 0.99);
      if (target === 'product') sample.faults = faultCount(report);
    }
    return sample;
  },
  rows(samples) {
    const start = describeStart(spreadMs);
    const faults = samples.reduce((total, sample) => total + (sample.faults ?? 0), 0);
    const rate = ratioOf(samples, 'productRate', 'rawRate');
    const whole: Row = {
      measure: `tokens/s of 50 streams × 200 tokens at 10 ms, ${start} ÷ the raw proxy's`,
      result: `${rate.toFixed(3)}, ${faults} lost, duplicated or reordered`,
      goal: '≥ 0.96, 0 lost, duplicated or reordered',
      met: rate >= 0.96 && faults === 0,
      context: `${(medianOf(samples, 'productRate') * 1000).toFixed(0)} tokens/s`,
    };
    const first = rowWithLimit(1.0, ratioOf(samples, 'productFirst', 'plainFirst'), {
      measure: `time to first token p99 in that run, ${start} ÷ the plain route's`,
      context: `${milliseconds(medianOf(samples, 'productFirst'))} ÷ ${milliseconds(medianOf(samples, 'plainFirst'))}; raw proxy ${milliseconds(medianOf(samples, 'rawFirst'))}`,
    });
    const health = rowWithLimit(10, ratioOf(samples, 'busy', 'idle'), {
      measure: `health check p99 during that run, ${start} ÷ when idle`,
      context: `${milliseconds(medianOf(samples, 'busy'))} ÷ ${milliseconds(medianOf(samples, 'idle'))}`,
    });
    return [whole, first, health];
  },
});

export const faultCount = ({ lost, doubled, reordered, failed }: StreamReport): number =>
  lost + doubled + reordered + failed;

import type { StreamReport } from '../support/load';
import type { TargetName } from '../support/stage';
import { percentile } from '../support/stats';
import { atMost, medianOf, milliseconds, ratioOf } from '../support/summary';
import { type Measure, type Row, type Sample, turned } from './measure';
import { startName } from './start-name';

const TARGETS: TargetName[] = ['raw', 'plain', 'product'];
const STREAMS = 50;
const PROBES = { count: 100, everyMs: 20 };

/** 50 streams of 200 tokens, one every 10 ms: the rate, the order, the first tokens, and health meanwhile. */
export const fiftyStreams = (spreadMs: number): Measure => ({
  name: `50 streams, ${startName(spreadMs)}`,
  async round({ load, prober, product, job }, index) {
    const health = { url: `${product.url}/api/health`, ...PROBES };
    const sample: Sample = { idle: percentile(await prober.probe(health), 0.99) };
    for (const target of turned(TARGETS, index)) {
      const streams = load.stream(job(target, 'bench-200x10', STREAMS, spreadMs));
      if (target === 'product') sample.busy = percentile(await prober.probe(health), 0.99);
      const report = await streams;
      sample[`${target}Rate`] = report.tokens / report.wallMs;
      sample[`${target}First`] = percentile(report.firstMs, 0.99);
      if (target === 'product') sample.faults = faultsOf(report);
    }
    return sample;
  },
  rows(samples) {
    const start = startName(spreadMs);
    const faults = samples.reduce((total, sample) => total + (sample.faults ?? 0), 0);
    const rate = ratioOf(samples, 'productRate', 'rawRate');
    const whole: Row = {
      measure: `50 streams × 200 tokens at 10 ms, ${start}: tokens/s ÷ raw proxy`,
      figure: `${rate.toFixed(3)}, ${faults} lost, doubled, reordered`,
      goal: '≥ 0.96, 0 lost, doubled, reordered',
      reached: rate >= 0.96 && faults === 0,
      context: `${(medianOf(samples, 'productRate') * 1000).toFixed(0)} tokens/s`,
    };
    const first = atMost(1.0, ratioOf(samples, 'productFirst', 'plainFirst'), {
      measure: `time to first token p99 in that run ÷ the plain route's, ${start}`,
      context: `${milliseconds(medianOf(samples, 'productFirst'))} ÷ ${milliseconds(medianOf(samples, 'plainFirst'))}; raw proxy ${milliseconds(medianOf(samples, 'rawFirst'))}`,
    });
    const health = atMost(10, ratioOf(samples, 'busy', 'idle'), {
      measure: `health p99 during that run ÷ idle, ${start}`,
      context: `${milliseconds(medianOf(samples, 'busy'))} ÷ ${milliseconds(medianOf(samples, 'idle'))}`,
    });
    return [whole, first, health];
  },
});

export const faultsOf = ({ lost, doubled, reordered, failed }: StreamReport): number =>
  lost + doubled + reordered + failed;

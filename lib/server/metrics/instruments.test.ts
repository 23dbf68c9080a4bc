import { describe, expect, it } from 'vitest';
import { Counter, Gauge, Histogram } from './instruments';

describe('the text for Prometheus', () => {
  it('of a counter has a line for each set of labels', () => {
    const counter = new Counter<'a' | 'b'>('things_total', 'Things.');
    counter.add({ a: '1', b: 'x' });
    counter.add({ a: '1', b: 'x' }, 2.5);
    counter.add({ a: '2', b: 'x' });
    expect(counter.text()).toBe(
      '# HELP things_total Things.\n# TYPE things_total counter\nthings_total{a="1",b="x"} 3.5\nthings_total{a="2",b="x"} 1\n',
    );
  });

  it('of a metric without values has only its header lines', () => {
    expect(new Counter('things_total', 'Things.').text()).toBe(
      '# HELP things_total Things.\n# TYPE things_total counter\n',
    );
  });

  it('of a gauge has its present value', () => {
    let value = 1;
    const gauge = new Gauge('size', 'Size.', () => value);
    value = 2;
    expect(gauge.text()).toContain('\nsize 2\n');
  });

  it('of a histogram has cumulative buckets, whose upper bounds are inclusive', () => {
    const histogram = new Histogram('seconds', 'Seconds.', [0.1, 1]);
    for (const value of [0.1, 0.11, 1, 7]) histogram.observe({}, value);
    expect(histogram.text()).toBe(
      [
        '# HELP seconds Seconds.',
        '# TYPE seconds histogram',
        'seconds_bucket{le="0.1"} 1',
        'seconds_bucket{le="1"} 3',
        'seconds_bucket{le="+Inf"} 4',
        'seconds_sum 8.21',
        'seconds_count 4',
        '',
      ].join('\n'),
    );
  });

  it('escapes the values of labels, so that none can end its line', () => {
    const counter = new Counter<'name'>('things_total', 'Things.');
    counter.add({ name: 'a"} 1\nforged\\ 2' });
    expect(counter.text().split('\n')[2]).toBe('things_total{name="a\\"} 1\\nforged\\\\ 2"} 1');
  });
});

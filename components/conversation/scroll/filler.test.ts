import { describe, expect, it } from 'vitest';
import { visibleFiller } from './filler';

describe('visibleFiller', () => {
  it.each([
    ['all of it while nothing was scrolled', { above: 0, below: 300 }, { top: 900, gap: 0 }, [0, 300]],
    ['what is left below after scrolling up', { above: 0, below: 300 }, { top: 700, gap: 200 }, [0, 100]],
    ['nothing below once it is out of sight', { above: 0, below: 300 }, { top: 500, gap: 400 }, [0, 0]],
    ['all above while some of it is seen', { above: 200, below: 0 }, { top: 199, gap: 50 }, [200, 0]],
    ['nothing above once it is out of sight', { above: 200, below: 0 }, { top: 200, gap: 50 }, [0, 0]],
    ['nothing of nothing', { above: 0, below: 0 }, { top: 0, gap: 0 }, [0, 0]],
  ])('is %s', (_, filler, seen, [above, below]) => {
    expect(visibleFiller(filler, seen)).toEqual({ above, below });
  });
});

/** The picture of the insights: a PNG that every reader of PNG understands, visible on light and dark grounds. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { barPicture, barsOf, CHART, CHART_COLOUR } from '../../../cards/insights/bar-picture.js';
import { contrast } from '../../../core/colour.js';

const days = (...counts: readonly (readonly [number, number])[]) =>
  counts.map(([answered, leftOpen], day) => ({ day, answered, leftOpen }));
const pixelsOf = (address: string) => PNG.sync.read(Buffer.from(address.split(',')[1] ?? '', 'base64'));

describe('the picture of the insights', () => {
  it('is a small PNG with a transparent ground', () => {
    const address = barPicture(days(...Array.from({ length: 90 }, (_, n) => [n % 9, n % 4] as const)));
    assert.match(address, /^data:image\/png;base64,/);
    assert.ok(address.length < 4000, `${address.length} characters`);
    const { width, height, data } = pixelsOf(address);
    assert.deepEqual({ width, height }, CHART);
    const seen = new Set<string>();
    for (let at = 0; at < data.length; at += 4)
      seen.add(data[at + 3] === 0 ? 'clear' : `#${data.subarray(at, at + 3).toString('hex')}`);
    assert.deepEqual([...seen].sort(), [CHART_COLOUR, 'clear'].sort());
  });

  it('has a colour that is visible on white and on the grounds of Teams', () => {
    for (const ground of ['#ffffff', '#f5f5f5', '#292929', '#1f1f1f'])
      assert.ok(contrast(CHART_COLOUR, ground) >= 3, ground);
  });

  it('draws the highest day over the whole height, and hatches what was left open', () => {
    const [answered, open] = barsOf(days([2, 2], [1, 0]));
    assert.equal((answered?.height ?? 0) + (open?.height ?? 0), CHART.height - 2);
    const { data } = pixelsOf(barPicture(days([0, 5])));
    const middle = Array.from({ length: 40 }, (_, row) => data[((row + 20) * CHART.width + 20) * 4 + 3]);
    assert.ok(middle.includes(0) && middle.includes(255), 'lines and gaps');
  });

  it('keeps every bar inside the picture, for any counts', () => {
    const anyDays = fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { minLength: 1, maxLength: 366 });
    fc.assert(
      fc.property(anyDays, (counts) => {
        for (const { x, y, width, height } of barsOf(days(...counts)))
          assert.ok(x >= 0 && y >= 0 && x + width <= CHART.width && y + height <= CHART.height);
      }),
      { numRuns: 50 },
    );
  });
});

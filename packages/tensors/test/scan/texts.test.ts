import { afterAll, describe, expect, it } from 'vitest';
import { explain } from '../../src/index';
import { closeDevices, devices } from '../../src/testing/index';
import { type Cell, gruAfter, lstm, madeUp, masks, widths } from './cells';
import { byScan, tensorsOf, valuesAndGradients, valuesOf } from './evaluate';

const all = await devices();
const gpu = all[1].device;
afterAll(() => closeDevices(all));

/** The texts of the forward and the backward kernel. */
async function textsOf(cell: Cell, batch: number, length: number): Promise<string[]> {
  const inputs = tensorsOf(valuesOf(cell, { batch, length }), 'f32', gpu!);
  const step = valuesAndGradients(byScan, cell, inputs, { segment: Infinity });
  const { dispatches } = await explain(...Object.values(step));
  return dispatches.flatMap(({ name, wgsl }) => (name === 'scan' ? [wgsl] : []));
}

/** A batch that fills less than half of a tile has smaller tiles, so two texts serve all. */
describe.skipIf(!gpu)('the text of a loop', () => {
  it.each([lstm(4, 32), gruAfter(3, 5), madeUp(3, 5), widths, masks])(
    '$name: is one for all batches and lengths',
    async (cell) => {
      const expected = await textsOf(cell, 8, 100);
      expect(expected).toHaveLength(2);
      for (const [batch, length] of [
        [5, 2],
        [17, 30],
        [32, 1000],
      ])
        expect(await textsOf(cell, batch, length)).toEqual(expected);
    },
  );

  it.each([lstm(4, 32), madeUp(3, 5)])('$name: is one for all small batches', async (cell) => {
    const expected = await textsOf(cell, 2, 100);
    for (const [batch, length] of [
      [3, 2],
      [4, 30],
    ])
      expect(await textsOf(cell, batch, length)).toEqual(expected);
  });
});

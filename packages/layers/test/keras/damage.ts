import { Rng } from '@hairpin/tensors';
import { ArrayFileError } from '@hairpin/tensors/files';
import { expect } from 'vitest';
import { readKerasWeights } from '../../src/keras/index';
import { fillModel, hdf5File, type Names, small } from './keras-file';

/** Changes a file as disks, networks and people do. */
function mutate(bytes: Uint8Array, rng: Rng): Uint8Array {
  const copy = bytes.slice();
  switch (rng.integer(4)) {
    case 0: // bytes
      for (let n = 1 + rng.integer(8); n > 0; n--) copy[rng.integer(copy.length)] = rng.integer(256);
      return copy;
    case 1: // bits of what is not zero: most of a small file is room to grow
      for (let n = 1 + rng.integer(4); n > 0; n--) copy[rng.choice(busy(copy))] ^= 1 << rng.integer(8);
      return copy;
    case 2:
      return copy.subarray(0, rng.integer(copy.length));
    default: // a piece stands twice
      copy.copyWithin(rng.integer(copy.length), rng.integer(copy.length), rng.integer(copy.length));
      return copy;
  }
}

const busy = (bytes: Uint8Array): number[] => Array.from(bytes, (byte, i) => (byte > 0 ? i : -1)).filter((i) => i >= 0);

/** The longest that one small file may take, in milliseconds: a thousand times what it takes. */
const LONGEST = 5_000;

/**
 * Reads `times` damaged files: whole arrays or an error that names the file, soon, and an intact file is read as
 * ever.
 */
export async function survivesDamage(times: number, names: Names): Promise<void> {
  const bytes = await hdf5File((root) => fillModel(root, small, { names }));
  const intact = await readKerasWeights(bytes);
  const rng = new Rng(23);
  const outcomes = { read: 0, refused: 0 };
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    const found = await readKerasWeights(mutate(bytes, rng), 'net.h5').catch((error: unknown) => error);
    expect(performance.now() - start, `milliseconds for file ${i}`).toBeLessThan(LONGEST);
    if (found instanceof Error) {
      if (!(found instanceof ArrayFileError)) throw new Error(`file ${i}: ${String(found)}`, { cause: found });
      expect(found.message).toMatch(/^net\.h5: /);
      outcomes.refused++;
    } else {
      for (const { shape, data } of Object.values(found as typeof intact))
        expect(data.length).toBe(shape.reduce((product, n) => product * n, 1));
      outcomes.read++;
    }
    if (i % 50 === 0) expect(await readKerasWeights(bytes)).toEqual(intact);
  }
  expect(await readKerasWeights(bytes)).toEqual(intact);
  expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(times / 10);
}

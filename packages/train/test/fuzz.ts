import { HairpinError, parameters } from '@hairpin/tensors';
import { Rng } from '@hairpin/tensors/random';
import { expect } from 'vitest';
import { fit, loadCheckpoint, memoryStore, snapshot } from '../src/index';
import { readRunCheckpoint } from '../src/checkpoint/run-checkpoint';
import { problem } from './problem';

/** Changes a file as disks, networks and people do. */
function mutate(bytes: Uint8Array, rng: Rng): Uint8Array {
  const copy = bytes.slice();
  switch (rng.integer(6)) {
    case 0: // bits
      for (let n = 1 + rng.integer(8); n > 0; n--) copy[rng.integer(copy.length)] ^= 1 << rng.integer(8);
      return copy;
    case 1: // bits of the header, where most can go wrong
      for (let n = 1 + rng.integer(4); n > 0; n--) copy[rng.integer(Math.min(2000, copy.length))] = rng.integer(256);
      return copy;
    case 2:
      return copy.subarray(0, rng.integer(copy.length));
    case 3: // a piece is missing
      return Uint8Array.from([
        ...copy.subarray(0, rng.integer(copy.length)),
        ...copy.subarray(rng.integer(copy.length)),
      ]);
    case 4: // a piece stands twice
      copy.copyWithin(rng.integer(copy.length), rng.integer(copy.length), rng.integer(copy.length));
      return copy;
    default: // a digit of the header becomes another
      return swapDigit(copy, rng);
  }
}

function swapDigit(copy: Uint8Array, rng: Rng): Uint8Array {
  const digits = Array.from(copy.subarray(0, 4000)).flatMap((byte, i) => (byte >= 48 && byte < 58 ? [i] : []));
  if (digits.length > 0) copy[rng.choice(digits)] = 48 + rng.integer(10);
  return copy;
}

/** Reads `times` damaged checkpoints: each is loaded whole or refused with an error of ours, and then nothing has changed. */
export async function survivesDamage(times: number): Promise<void> {
  const { step, loader } = await problem();
  const store = memoryStore();
  await fit({ step, loader, epochs: 1, learningRate: 0.1, checkpoint: { store } });
  const bytes = (await store.load())!;
  const rng = new Rng(17);
  const cells = parameters(step);
  const before = await snapshot(cells);
  const outcomes = { loaded: 0, refused: 0 };
  for (let i = 0; i < times; i++) {
    const damaged = mutate(bytes, rng);
    const read =
      i % 2 === 0 ? () => readRunCheckpoint(step, damaged, 'run') : () => loadCheckpoint(cells, damaged, 'run');
    try {
      read();
      outcomes.loaded++; // what was damaged is not of the model, or nothing is: the checksums say so
      expect(await snapshot(cells)).toEqual(before);
    } catch (error) {
      if (!(error instanceof HairpinError)) throw new Error(`file ${i}: ${String(error)}`, { cause: error });
      outcomes.refused++;
      if (i % 20 === 0) expect(await snapshot(cells)).toEqual(before);
    }
  }
  expect(await snapshot(cells)).toEqual(before);
  expect(outcomes.refused).toBeGreaterThan(times / 4);
}

import { Rng } from '@hairpin/tensors/random';
import { expect } from 'vitest';
import {
  distanceMatrix,
  FormatError,
  randomTree,
  readNewick,
  readPhylipDistances,
  writeNewick,
  writePhylipDistances,
} from '../src/index';
import { mutate } from './support';

/** Damages texts and reads them: each must be refused by an error with its place, or be read to what `check` accepts. */
function readDamaged(samples: readonly string[], times: number, place: RegExp, check: (text: string) => void): void {
  const rng = new Rng(3);
  const bytes = samples.map((text) => new TextEncoder().encode(text));
  let refused = 0;
  for (let i = 0; i < times; i++) {
    const text = new TextDecoder().decode(mutate(rng.choice(bytes), (n) => rng.integer(n)));
    try {
      check(text);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      expect(error.message).toMatch(place);
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(times / 10);
  expect(refused).toBeLessThan(times);
}

/** What is read as Newick must read back from what is written of it. */
export function readDamagedNewick(times: number): void {
  const samples = [
    "[&R] ((a:1,'b c':-2e-3)0.9:1[&&NHX:S=x:B=9],(d,e)f[note [1]],'it''s');\n(x,y);",
    writeNewick(randomTree({ rng: new Rng(1), taxa: 12 })),
  ];
  readDamaged(samples, times, /^t\.nwk:\d+:\d+: /, (text) => {
    for (const tree of readNewick(text, { source: 't.nwk' })) expect(readNewick(writeNewick(tree))).toEqual([tree]);
  });
}

/** What is read as distances must be a square of numbers. */
export function readDamagedDistances(times: number): void {
  const rng = new Rng(2);
  const names = ['human', 'Pan paniscus', 'c', 'd', 'e'];
  const samples = [
    writePhylipDistances(distanceMatrix(names, () => rng.next())),
    '3\na 0\nb 1.5 0\nc 2e-3 .5 0\n',
    '3\na\nb 1.5\nc 2 3\n',
  ];
  readDamaged(samples, times, /^d\.phy:\d+:\d+: /, (text) => {
    const { names, values } = readPhylipDistances(text, { source: 'd.phy' });
    expect(values.length).toBe(names.length ** 2);
    expect(values.every(Number.isFinite)).toBe(true);
  });
}

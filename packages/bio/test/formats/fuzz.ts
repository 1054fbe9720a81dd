import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../src/index';
import { mutate } from '../support';
import { fuzzCases } from './fuzz-cases';

const SLOWEST_MS = 5000; // of inputs of a few hundred bytes: what takes longer hangs

/** Gives every parser `count` mutated inputs: an error with its place, or a parse of which what should be true is true. */
export function fuzz(count: number): void {
  describe(`${count} mutated inputs`, () => {
    for (const [name, { good, read }] of Object.entries(fuzzCases)) {
      it(`${name}: a parse or an error with its place`, async () => {
        await read(good, { source: 'm' });
        const rng = new Rng(7);
        let [refused, slowest] = [0, 0];
        const memory = process.memoryUsage().rss;
        for (let i = 0; i < count; i++) {
          const input = mutate(good, (n) => rng.integer(n));
          const start = performance.now();
          const problem: unknown = await read(input, { source: 'm' }).catch((error: unknown) => error);
          slowest = Math.max(slowest, performance.now() - start);
          if (problem === undefined) continue;
          if (!(problem instanceof FormatError)) throw new Error(`input ${i}`, { cause: problem });
          expect(problem.message).toMatch(/^m(\.fai|\.gzi)?(:\d+:\d+)?: /);
          refused++;
        }
        expect(refused).toBeGreaterThan(count / 20);
        expect(slowest).toBeLessThan(SLOWEST_MS);
        expect(process.memoryUsage().rss - memory).toBeLessThan(1 << 29);
      });
    }
  });
}

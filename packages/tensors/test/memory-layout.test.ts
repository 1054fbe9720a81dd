import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut, type Lifetime } from '../src/webgpu/memory';

const lifetime = fc
  .record({ bytes: fc.integer({ min: 1, max: 5000 }), first: fc.nat(20), lasts: fc.nat(10) })
  .map(({ bytes, first, lasts }): Lifetime => ({ bytes, first, last: first + lasts }));

const meet = (a: Lifetime, b: Lifetime): boolean => a.first <= b.last && b.first <= a.last;

describe('the places of temporaries', () => {
  it('never overlap while both live, are aligned, and stay inside their chunk', () => {
    fc.assert(
      fc.property(fc.array(lifetime, { maxLength: 40 }), (lifetimes) => {
        const { places, sizes } = layOut(lifetimes, 8192);
        lifetimes.forEach((a, i) => {
          expect(places[i].offset % 256).toBe(0);
          expect(places[i].offset + a.bytes).toBeLessThanOrEqual(sizes[places[i].chunk]);
          expect(sizes[places[i].chunk]).toBeLessThanOrEqual(8192);
          lifetimes.slice(i + 1).forEach((b, j) => {
            const [p, q] = [places[i], places[i + 1 + j]];
            const isApart = p.chunk !== q.chunk || p.offset + a.bytes <= q.offset || q.offset + b.bytes <= p.offset;
            if (meet(a, b)) expect(isApart).toBe(true);
          });
        });
      }),
    );
  });

  it('give the room of the dead to the living', () => {
    const chain = [0, 1, 2, 3].map((first) => ({ bytes: 1000, first, last: first + 1 }));
    expect(layOut(chain, 2 ** 28).sizes).toEqual([2048]); // two at a time, 1 024 bytes each
  });
});

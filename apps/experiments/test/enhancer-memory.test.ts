import { grad, openDevice, setDefaultDevice, sum } from '@hairpin/tensors';
import { beforeAll, describe, expect, it } from 'vitest';
import { beforePromoters, startsOf, worldOf } from '../src/enhancer-memory/events';
import { EnhancerGate } from '../src/enhancer-memory/gate';
import { byFormula, byLoop, byNet, inParallel } from '../src/enhancer-memory/ways';

const cpu = await openDevice('cpu');
beforeAll(() => setDefaultDevice(cpu));

/** An event with a promoter at 5. */
const event = (...enhancers: number[]) => ({ enhancers, promoter: 5, state: 0, isActive: false });

describe('a memory that halves at each step', () => {
  const expected = [0, 1, 0.5, 1.25, 0.625];

  it('is a sum of powers', () => {
    expect([...byFormula([event(1, 3)], 5, 0.5)]).toEqual(expected);
  });

  it.each(Object.entries({ byLoop, byNet, inParallel }))('%s has the same states', async (_, way) => {
    for (const dtype of ['f32', 'f64'] as const) {
      const x = startsOf([event(1, 3)], 5, dtype);
      expect([...(await way(0.5, x).data())]).toEqual(expected);
    }
  });
});

describe('EnhancerGate', () => {
  // units of 2 bp: τ = 0.2 · 2 bp, the window from 1 to 2 units, so from 2 to 4 bp; 2 logits for each unit beyond its ends
  const gate = new EnhancerGate(2);

  it('decides by the distance of a single enhancer', async () => {
    const events = [event(4), event(2), event(1), event(0)]; // 0, 2, 3 and 4 bp before position 4
    const logits = await gate.forward(startsOf(events, 6), beforePromoters(events)).data();
    [-2, 0, 1, 0].forEach((logit, i) => expect(logits[i]).toBeCloseTo(logit, 4));
  });

  it('says what it holds in bp', async () => {
    const { r, tauBp, nearestBp, farthestBp } = await gate.found();
    expect(r).toBeCloseTo(Math.exp(-2.5), 6);
    for (const [found, bp] of [[tauBp, 0.4], [nearestBp, 2], [farthestBp, 4]]) expect(found).toBeCloseTo(bp, 5); // prettier-ignore
  });

  it('has a gradient for its memory only where several enhancers add up', async () => {
    const slope = async (...enhancers: number[]) => {
      const events = [event(...enhancers)];
      const loss = (_: Pick<EnhancerGate, 'memory'>) => sum(gate.forward(startsOf(events, 6), beforePromoters(events)));
      return grad(loss)({ memory: gate.memory }).memory.item();
    };
    expect(await slope(2)).toBeCloseTo(0, 4);
    expect(Math.abs(await slope(1, 2))).toBeGreaterThan(0.001);
  });
});

it('the memory of a world is a number of f32, and lasts a fifth of a sequence', () => {
  const { memory, reach } = worldOf(50_000);
  expect(Math.fround(memory.r)).toBe(memory.r);
  expect(-1 / Math.log(memory.r)).toBeCloseTo(10_000, -2);
  expect(reach).toEqual({ nearestBp: 1000, farthestBp: 20_000 });
});

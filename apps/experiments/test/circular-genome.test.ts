import { CircularSequence, rotateSpan } from '@hairpin/bio';
import { openDevice, setDefaultDevice, tensor } from '@hairpin/tensors';
import { Rng } from '@hairpin/tensors/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Circle, cutAtGene, readCircles, simulatedCircle, turn } from '../src/circular-genome/circles';
import { noData } from '../src/index';
import { acrossOrigin, callGenes, foundFrom, signature, stopsFound } from '../src/circular-genome/genes';
import { rotationError } from '../src/circular-genome/rotation';

/** One gene of 32 codons, cut after its tenth letter, and 50 letters more. */
const gene = `ATG${'GCC'.repeat(30)}TAA`;
const circle: Circle = {
  name: 'by hand',
  sequence: new CircularSequence(gene + 'C'.repeat(50)).rotate(10),
  genes: [{ name: 'a', start: 136, end: 232, strand: '+' }],
};
const { sequence } = circle;
/** 0.9 within the gene, 0.1 elsewhere. */
const codingFrom = (by: number) =>
  Array.from({ length: 2 * sequence.length }, (_, i) => {
    const at = (Math.floor(i / 2) + by + 10) % sequence.length;
    return i % 2 === 0 && at < gene.length ? 0.9 : 0.1;
  });

describe('genes of a circle', () => {
  it('go on across the origin', () => {
    expect(sequence.extract(circle.genes[0])).toBe(gene);
    expect(acrossOrigin(circle)).toEqual(circle.genes);
    expect(acrossOrigin(turn(circle, 140))).toEqual(circle.genes.map((own) => rotateSpan(own, 140, sequence.length)));
    expect(acrossOrigin(turn(circle, 136))).toEqual([]);
  });

  it('are found from every rotation of the circle, and on the line where it is cut elsewhere', () => {
    const turns = Array.from({ length: sequence.length }, (_, by) => by);
    expect(foundFrom(sequence, circle.genes, { turns, isCircular: true })).toEqual([1]);
    const whole = sequence.length - gene.length + 1; // cuts that do not part the gene
    expect(foundFrom(sequence, circle.genes, { turns, isCircular: false })[0]).toBeCloseTo(whole / sequence.length, 12);
  });

  it('are called alike from everywhere', () => {
    for (const by of [0, 1, 50, 136, 145]) {
      const calls = callGenes(sequence.rotate(by), codingFrom(by));
      expect(signature(calls, by, sequence.length)).toBe('136..232+');
      expect(stopsFound(calls, turn(circle, by).genes, sequence.length)).toBe(1);
    }
    expect(callGenes(sequence, codingFrom(0), { isCircular: false })).toEqual([]);
  });

  it('are simulated where no data are, one of them across the origin', async () => {
    for (const one of await readCircles(noData, new Rng(1))) {
      expect(one.name).toBe(`simulated, ${one.genes.length} genes`);
      expect(acrossOrigin(one).length).toBe(1);
      const stops = one.genes.map((own) => one.sequence.extract(own).slice(-3));
      expect(stops.filter((stop) => !['TAA', 'TAG', 'TGA'].includes(stop))).toEqual([]);
    }
  });

  it('come first where a circle is cut at one', () => {
    for (let seed = 0; seed < 6; seed++) {
      const before = simulatedCircle(new Rng(seed), { genes: 2, codons: [5, 9] });
      const { sequence, genes } = cutAtGene(before);
      expect(genes[0]).toMatchObject({ start: 0, strand: '+' });
      const letters = (own: Circle) => own.genes.map((span) => own.sequence.extract(span));
      expect(letters({ ...before, sequence, genes })).toEqual(letters(before));
    }
  });
});

describe('the error of a rotation', () => {
  beforeAll(async () => setDefaultDevice(await openDevice('cpu')));
  afterAll(() => setDefaultDevice(undefined));

  it('is how far an answer is from turning with the circle', async () => {
    const rows = [[1, 2, 3], [2, 3, 1], [3, 1, 1.5]]; // prettier-ignore
    const y = tensor(rows.map((row) => row.map((value) => [value, -value])));
    expect(await rotationError(y.slice([0], [2]), [1])).toBe(0);
    expect(await rotationError(y, [1, 2])).toBe(0.5);
  });
});

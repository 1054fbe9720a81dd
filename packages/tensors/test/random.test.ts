import { describe, expect, it } from 'vitest';
import { drawBits, inverseNormalCdf, normalFromBits, Rng, threefry2x32, uniformFromBits } from '../src/random';

const hex = (words: readonly number[]) => words.map((word) => word.toString(16).padStart(8, '0')).join(' ');

describe('threefry2x32', () => {
  // Random123, tests/kat_vectors, "threefry2x32 20"; the last row's digits are pi's.
  it.each([
    [[0, 0], [0, 0], '6b200159 99ba4efe'],
    [[0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff], '1cb996fc bb002be7'],
    [[0x13198a2e, 0x03707344], [0x243f6a88, 0x85a308d3], 'c4923a9c 483df7a0'],
  ] as const)('key %j, counter %j', (key, counter, expected) => {
    expect(hex(threefry2x32(key, counter))).toBe(expected);
  });

  it('gives a draw its first words', () => {
    const expected = [0, 1, 2, 3].map((i) => threefry2x32([7, 9], [i, 5])[0]);
    expect([...drawBits([7, 9], 5, 4)]).toEqual(expected);
    expect([...drawBits([7, 9], 5, 2, 2)]).toEqual(expected.slice(2));
  });

  it('makes uniforms from the upper 24 bits', () => {
    expect(uniformFromBits(0xffffffff)).toBe(1 - 2 ** -24);
    expect(uniformFromBits(0x000000ff)).toBe(0);
  });
});

describe('inverseNormalCdf', () => {
  // Quantiles to 10 digits from tables: the tail branch starts at |z| = 2.93.
  it.each([
    [0.8413447461, 1],
    [0.975, 1.9599639845],
    [0.025, -1.9599639845],
    [0.998650102, 3],
    [2 ** -25, -5.4199831748],
  ])('of %d is %d', (u, z) => {
    expect(Math.abs(inverseNormalCdf(u) / z - 1)).toBeLessThan(2e-7);
  });

  it('is infinite at the ends, zero in the middle and NaN outside', () => {
    expect([0, 0.5, 1, 1.5].map(inverseNormalCdf)).toEqual([-Infinity, 0, Infinity, NaN]);
  });

  it('makes finite, symmetric normals from any bits', () => {
    expect(normalFromBits(0)).toBeCloseTo(-5.41998, 4);
    expect(normalFromBits(0xffffffff)).toBe(-normalFromBits(0));
  });
});

describe('Rng', () => {
  const numbers = (rng: Rng, n = 5) => Array.from({ length: n }, () => rng.next());

  it('repeats itself for a seed and differs between seeds, also above 2^32', () => {
    expect(numbers(new Rng(3))).toEqual(numbers(new Rng(3)));
    expect(numbers(new Rng(3))).not.toEqual(numbers(new Rng(4)));
    expect(numbers(new Rng(3))).not.toEqual(numbers(new Rng(3 + 2 ** 32)));
  });

  it.each([-1, 0.5, NaN, 2 ** 53])('refuses the seed %d', (seed) => {
    expect(() => new Rng(seed)).toThrow(`Rng: expected a seed that is an integer from 0 to 2^53 - 1, got ${seed}`);
  });

  it('numbers its draws', () => {
    const rng = new Rng(11);
    expect(rng.bits(3)).toEqual(drawBits(rng.key, 0, 3));
    expect(rng.bits(2)).toEqual(drawBits(rng.key, 1, 2));
    expect(rng.draws).toBe(2);
  });

  it('keeps draws and host numbers apart', () => {
    const rng = new Rng(11);
    const alone = numbers(new Rng(11), 3);
    rng.bits(1000);
    expect(numbers(rng, 3)).toEqual(alone);
    expect(rng.draws).toBe(1);
  });

  it.each([0, 1, 255, 256, 257, 1000])('goes on from its state after %d host numbers', (taken) => {
    const rng = new Rng(5).fork('weights');
    numbers(rng, taken);
    rng.bits(4);
    const copy = Rng.from(JSON.parse(JSON.stringify(rng.state)));
    expect(copy.state).toEqual(rng.state);
    expect(numbers(copy, 300)).toEqual(numbers(rng, 300));
    expect(copy.bits(4)).toEqual(rng.bits(4));
  });

  it('counts host words beyond 2^32', () => {
    const rng = Rng.from({ ...new Rng(1).state, hostWords: 2 ** 32 - 1 });
    const [last, first] = numbers(rng, 2);
    expect(last).not.toBe(first);
    expect(first).not.toBe(new Rng(1).next());
  });

  it('refuses a state that is not one', () => {
    expect(() => Rng.from({ key: [1, -2], draws: 0, hostWords: 0 })).toThrow(
      'got {"key":[1,-2],"draws":0,"hostWords":0}',
    );
  });

  it('forks by label without advancing', () => {
    const rng = new Rng(1);
    const labels = [1, 2, '1', '1\0', 'host', '', 'a label longer than one block', 'a label longer than one blocK'];
    const keys = labels.map((label) => hex(rng.fork(label).key));
    expect(new Set([...keys, hex(rng.key)]).size).toBe(labels.length + 1);
    expect(hex(rng.fork('1').key)).toBe(keys[2]);
    expect(rng.state).toEqual(new Rng(1).state);
  });

  it('draws integers without bias', () => {
    const rng = new Rng(2);
    const n = 6;
    const counts = new Array<number>(n).fill(0);
    for (let i = 0; i < 60_000; i++) counts[rng.integer(n)]++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(20.5); // 5 degrees of freedom: p = 0.001
    expect(rng.integer(1)).toBe(0);
  });

  it('rejects words that would favour small integers', () => {
    const n = 3 * 2 ** 30; // a quarter of all words is refused; by remainder, values below 2^30 would come twice as often
    const rng = new Rng(4);
    const small = Array.from({ length: 30_000 }, () => rng.integer(n)).filter((value) => value < 2 ** 30).length;
    expect(Math.abs(small - 10_000)).toBeLessThan(4 * 82); // 82 = √(30000 · ⅓ · ⅔)
  });

  it.each([0, -1, 1.5, 2 ** 32 + 1])('refuses integer(%d)', (n) => {
    expect(() => new Rng(0).integer(n)).toThrow('expected n to be an integer from 1 to 2^32');
  });

  it('shuffles into a new array, every order as likely', () => {
    const rng = new Rng(8);
    const letters = ['a', 'b', 'c'];
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = rng.shuffle(letters).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(letters).toEqual(['a', 'b', 'c']);
    expect(counts.size).toBe(6);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(20.5); // 5 degrees of freedom: p = 0.001
  });

  it('chooses', () => {
    const rng = new Rng(9);
    expect(new Set(Array.from({ length: 100 }, () => rng.choice('ACGT')))).toEqual(new Set('ACGT'));
    expect(() => rng.choice([])).toThrow('expected at least one value, got none');
  });

  it('draws normals of mean 0, variance 1 and kurtosis 3', () => {
    const rng = new Rng(10);
    const values = Array.from({ length: 100_000 }, () => rng.normal());
    const moment = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    // Four standard errors: √(1/n), √(2/n), √(96/n).
    expect(Math.abs(moment(1))).toBeLessThan(4 * Math.sqrt(1 / values.length));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / values.length));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / values.length));
  });
});

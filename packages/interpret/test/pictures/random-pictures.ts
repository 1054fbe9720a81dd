import {
  attentionMap,
  circularMap,
  type Highlight,
  lineChart,
  logo,
  logoRows,
  logoZoom,
  mutagenesisMap,
  type Point,
  reliabilityDiagram,
  stateMap,
} from '../../src/index';
import { lcg } from '../lcg';

const protein = 'ACDEFGHIKLMNPQRSTVWY';

/** Pictures of each kind in turn, of random sizes, numbers of any magnitude and names of any length. */
export function randomPictures(count: number, seed: number): { name: string; svg: string }[] {
  const kinds = Object.entries(makers(new Dice(seed)));
  return Array.from({ length: count }, (_, i) => {
    const [name, draw] = kinds[i % kinds.length];
    return { name: `${name} ${i}`, svg: draw() };
  });
}

/** Random things to draw. */
class Dice {
  readonly random: () => number;

  constructor(seed: number) {
    this.random = lcg(seed);
  }

  integer(low: number, high: number): number {
    return low + Math.floor((high - low + 1) * this.random());
  }

  one<T>(...choices: T[]): T {
    return choices[this.integer(0, choices.length - 1)];
  }

  many<T>(count: number, make: () => T): T[] {
    return Array.from({ length: count }, make);
  }

  word(): string {
    return this.many(this.integer(2, 14), () => this.one(...'abcdefghijklmnopWM 019-')).join('');
  }

  letters(count: number, alphabet = 'ACGT'): string {
    return this.many(count, () => this.one(...alphabet)).join('');
  }

  numbers(count: number, isSigned = this.one(true, false)): number[] {
    const size = 10 ** this.integer(-6, 6);
    return this.many(count, () => (this.random() - (isSigned ? 0.5 : 0)) * size);
  }

  table(rows: number, columns: number, isSigned?: boolean): number[][] {
    const numbers = this.numbers(rows * columns, isSigned);
    return this.many(rows, () => numbers.splice(0, columns));
  }

  highlights(positions: number): Highlight[] {
    return this.many(this.integer(0, 4), () => {
      const start = this.integer(0, positions);
      return { start, end: this.integer(start, Math.min(positions, start + 20)), name: this.word() };
    });
  }
}

function makers(dice: Dice): Record<string, () => string> {
  const shared = (positions: number) => ({
    highlights: dice.highlights(positions),
    firstPosition: dice.integer(1, 10 ** dice.integer(1, 8)),
  });
  const tokens = (count: number) => dice.one<string | string[] | undefined>(undefined, dice.letters(count), dice.many(count, () => dice.word())); // prettier-ignore
  return {
    logo: () => {
      const n = dice.integer(1, 60);
      const negative = dice.one('flipped' as const, 'upright' as const);
      return logo(dice.table(n, 4), { ...shared(n), columnWidth: dice.integer(3, 30), unit: dice.word(), negative });
    },
    logoRows: () => {
      const n = dice.integer(1, 300);
      return logoRows(dice.table(n, 4), {
        ...shared(n),
        perRow: dice.integer(5, 120),
        columnWidth: dice.integer(3, 20),
      });
    },
    logoZoom: () => {
      const n = dice.integer(1, 3000);
      return logoZoom(dice.table(n, 4), { ...shared(n), plotWidth: dice.integer(200, 900) });
    },
    stateMap: () => {
      const n = dice.integer(1, 300);
      const panels = dice.many(dice.integer(1, 3), () => {
        const count = dice.integer(1, 80);
        const units = dice.one(undefined, dice.many(count, () => dice.word())); // prettier-ignore
        return { name: dice.word(), values: dice.table(n, count), units };
      });
      return stateMap(panels, {
        ...shared(n),
        sequence: dice.one(undefined, dice.letters(n), dice.letters(n, protein)),
      });
    },
    attentionMap: () => {
      const [heads, queries, keys] = [dice.integer(1, 6), dice.integer(1, 80), dice.integer(1, 80)];
      const weights = dice.many(heads, () => dice.table(queries, keys, false));
      const names = { queries: tokens(queries), keys: tokens(keys), heads: dice.many(heads, () => dice.word()) };
      return attentionMap(weights, { ...names, firstPosition: shared(1).firstPosition });
    },
    mutagenesisMap: () => {
      const n = dice.integer(1, 300);
      const letters = dice.one(protein, 'ACGT');
      const effects = dice.table(n, letters.length, true);
      return mutagenesisMap(effects, dice.letters(n, letters), { ...shared(n), letters, unit: dice.word() });
    },
    circularMap: () => {
      const lengthBp = dice.integer(10, 10 ** dice.integer(2, 7));
      const features = dice.many(dice.integer(0, 60), () => {
        const start = dice.integer(0, lengthBp - 1);
        const end = start + dice.integer(1, Math.ceil(lengthBp / 5));
        return { start, end, name: dice.word(), strand: dice.one('+' as const, '-' as const, '.' as const, undefined) };
      });
      const tracks = dice.many(dice.integer(0, 4), () => ({ name: dice.word(), values: dice.numbers(dice.integer(1, 2000)) })); // prettier-ignore
      return circularMap({ lengthBp, name: dice.one(undefined, dice.word()), features, tracks });
    },
    lineChart: () => {
      const points = dice.many(dice.integer(1, 30), (): Point => [dice.random(), dice.random()]);
      const size = 10 ** dice.integer(-6, 6);
      const series = [{ name: dice.word(), points: points.map(([x, y]): Point => [x * size, y / size]) }];
      const axes = { x: { name: dice.word() }, y: { name: dice.word() } };
      return lineChart({ series, ...axes, title: 'Random points', description: `${points.length} points.` });
    },
    reliabilityDiagram: () => {
      const n = dice.integer(1, 20);
      const predicted = Array.from({ length: n }, (_, i) => (i + dice.random()) / n);
      const counts = dice.many(n, () => dice.integer(1, 10 ** dice.integer(1, 7)));
      return reliabilityDiagram({ predicted, observed: dice.many(n, dice.random), counts }, { ece: dice.random() });
    },
  };
}

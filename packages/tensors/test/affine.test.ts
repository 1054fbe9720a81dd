import {
  array,
  assert,
  constantFrom,
  integer,
  letrec,
  oneof,
  property,
  record,
  tuple,
  type Arbitrary,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Affine,
  affineKey,
  bounds,
  constant,
  div,
  isCertain,
  mod,
  ravel,
  scale,
  shift,
  substitute,
  sum,
  unravel,
  variable,
} from '../src/affine';
import { range } from '../src/shape';

/** What a form is worth at a place: plain arithmetic, with floor division. */
type Place = Readonly<Record<string, number>>;

function valueOf({ constant: start, terms }: Affine, at: Place): number {
  return terms.reduce((total, { atom, coefficient }) => {
    if (atom.kind === 'variable') return total + coefficient * at[atom.name]!;
    const inner = valueOf(atom.of, at);
    const quotient = Math.floor(inner / atom.by);
    return total + coefficient * (atom.kind === 'div' ? quotient : inner - quotient * atom.by);
  }, start);
}

const sizes = { i: 5, j: 7, k: 12 } as const;
const names = Object.keys(sizes) as (keyof typeof sizes)[];
const place: Arbitrary<Place> = record({
  i: integer({ min: 0, max: 4 }),
  j: integer({ min: 0, max: 6 }),
  k: integer({ min: 0, max: 11 }),
});
const divisor = integer({ min: 1, max: 9 });
const offset = integer({ min: -20, max: 20 });

/** A form built by the module's own functions, and beside it the same built by plain arithmetic. */
interface Twin {
  readonly form: Affine;
  readonly worth: (at: Place) => number;
}

const floorDiv = (a: number, n: number): number => Math.floor(a / n);

const { twin } = letrec<{ twin: Twin }>((tie) => ({
  twin: oneof(
    { depthSize: 'small', withCrossShrink: true },
    constantFrom(...names).map((name): Twin => ({ form: variable(name, sizes[name]), worth: (at) => at[name]! })),
    offset.map((c): Twin => ({ form: constant(c), worth: () => c })),
    tuple(tie('twin'), tie('twin')).map(([a, b]): Twin => ({
      form: sum(a.form, b.form),
      worth: (at) => a.worth(at) + b.worth(at),
    })),
    tuple(tie('twin'), offset).map(([a, c]): Twin => ({ form: scale(a.form, c), worth: (at) => a.worth(at) * c })),
    tuple(tie('twin'), offset).map(([a, c]): Twin => ({ form: shift(a.form, c), worth: (at) => a.worth(at) + c })),
    tuple(tie('twin'), divisor).map(([a, n]): Twin => ({
      form: div(a.form, n),
      worth: (at) => floorDiv(a.worth(at), n),
    })),
    tuple(tie('twin'), divisor).map(([a, n]): Twin => ({
      form: mod(a.form, n),
      worth: (at) => a.worth(at) - n * floorDiv(a.worth(at), n),
    })),
  ),
}));

const shapes = array(integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

describe('a form', () => {
  it('is worth what its arithmetic is worth', () => {
    assert(
      property(twin, place, ({ form, worth }, at) => valueOf(form, at) === worth(at)),
      { numRuns: 2000, seed: 1 },
    );
  });

  it('stays within its bounds', () => {
    const holds = ({ form, worth }: Twin, at: Place): boolean =>
      worth(at) >= bounds(form).min && worth(at) <= bounds(form).max;
    assert(property(twin, place, holds), { numRuns: 2000, seed: 2 });
  });

  it('divides only what is never negative, for a shader rounds towards 0', () => {
    const divided = (form: Affine): Affine[] =>
      form.terms.flatMap(({ atom }) => (atom.kind === 'variable' ? [] : [atom.of, ...divided(atom.of)]));
    const holds = ({ form }: Twin): boolean => divided(form).every((inner) => bounds(inner).min >= 0);
    assert(property(twin, holds), { numRuns: 2000, seed: 8 });
  });

  it('is worth the same after its variables were replaced by equal forms', () => {
    const law = ({ form }: Twin, { form: other, worth }: Twin, at: Place): boolean => {
      const replaced = substitute(form, (name, size) => (name === 'i' ? other : variable(name, size)));
      return valueOf(replaced, at) === valueOf(form, { ...at, i: worth(at) });
    };
    // A replacement keeps the range of the variable, as views do: their coordinates lie within their shapes.
    const within = twin.map(({ form, worth }): Twin => ({
      form: mod(form, 5),
      worth: (at) => worth(at) - 5 * floorDiv(worth(at), 5),
    }));
    assert(property(twin, within, place, law), { numRuns: 2000, seed: 3 });
  });

  it('has the key of an equal form', () => {
    const [i, j] = [variable('i', 5), variable('j', 7)];
    expect(affineKey(sum(i, scale(j, 2)))).toBe(affineKey(sum(scale(j, 2), i)));
    expect(affineKey(sum(i, j))).not.toBe(affineKey(sum(i, scale(j, 2))));
  });
});

describe('conditions', () => {
  it('are certain only where they always hold', () => {
    const law = ({ form, worth }: Twin, n: number, at: Place): boolean => {
      const inside = worth(at) >= 0 && worth(at) < n;
      const divides = worth(at) % n === 0;
      const range = !isCertain({ kind: 'range', index: form, size: n }) || inside;
      return range && (!isCertain({ kind: 'multiple', index: form, of: n }) || divides);
    };
    assert(property(twin, divisor, place, law), { numRuns: 2000, seed: 4 });
  });
});

describe('ravel and unravel', () => {
  const coordsOf = (shape: readonly number[]): Affine[] => shape.map((n, d) => variable(`v${d}`, n));
  const everyPlace = (shape: readonly number[]): Place[] =>
    range(product(shape)).map((flat) => {
      let rest = flat;
      const coords: [string, number][] = [];
      for (let d = shape.length - 1; d >= 0; d--) {
        coords.push([`v${d}`, rest % shape[d]!]);
        rest = Math.floor(rest / shape[d]!);
      }
      return Object.fromEntries(coords);
    });

  it('count row by row', () => {
    const law = (shape: number[]): boolean =>
      everyPlace(shape).every((at, flat) => valueOf(ravel(coordsOf(shape), shape), at) === flat);
    assert(property(shapes, law), { seed: 5 });
  });

  it('are each other’s inverse without a division left', () => {
    const law = (shape: number[]): boolean =>
      unravel(ravel(coordsOf(shape), shape), shape).every(
        (form, d) => affineKey(form) === affineKey(coordsOf(shape)[d]!),
      );
    assert(property(shapes, law), { seed: 6 });
  });

  it('take a flat index to the place that it has in another shape', () => {
    const law = (shape: number[], split: number): boolean => {
      const total = product(shape);
      const rows = range(total + 1).filter((n) => n > 0 && total % n === 0);
      const first = rows[split % rows.length]!;
      const [row, column] = unravel(ravel(coordsOf(shape), shape), [first, total / first]);
      const columns = total / first;
      return everyPlace(shape).every(
        (at, flat) => valueOf(row!, at) === floorDiv(flat, columns) && valueOf(column!, at) === flat % columns,
      );
    };
    assert(property(shapes, integer({ min: 0, max: 50 }), law), { seed: 7 });
  });
});

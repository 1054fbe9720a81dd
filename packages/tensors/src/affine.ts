/**
 * Index arithmetic with its numbers known: linear forms over loop variables, and the quotients and remainders
 * that a reshape brings in. Views compose here, so that a chain of them costs one index and not one copy each.
 */

/** What a linear form is linear in: a loop variable, or a quotient or remainder of another form. */
export type Atom =
  | { readonly kind: 'variable'; readonly name: string; readonly size: number }
  | { readonly kind: 'div' | 'mod'; readonly of: Affine; readonly by: number };

/** constant + Σ coefficient · atom. */
export interface Affine {
  readonly constant: number;
  readonly terms: readonly { readonly atom: Atom; readonly coefficient: number }[];
}

/** A place lies inside when 0 ≤ `index` < `size`; with `multipleOf` instead, when it divides `index`. */
export type Condition =
  | { readonly kind: 'range'; readonly index: Affine; readonly size: number }
  | { readonly kind: 'multiple'; readonly index: Affine; readonly of: number };

/** The form that is one number. */
export const constant = (value: number): Affine => ({ constant: value, terms: [] });

/** A loop variable that runs over [0, size). */
export const variable = (name: string, size: number): Affine =>
  size === 1 ? constant(0) : { constant: 0, terms: [{ atom: { kind: 'variable', name, size }, coefficient: 1 }] };

/** Equal keys, equal atoms. */
export function atomKey(atom: Atom): string {
  return atom.kind === 'variable' ? atom.name : `${atom.kind}(${affineKey(atom.of)},${atom.by})`;
}

/** Equal keys, equal forms. */
export function affineKey({ constant: c, terms }: Affine): string {
  return [c, ...terms.map((t) => `${t.coefficient}*${atomKey(t.atom)}`).sort()].join('+');
}

/** factor · form. */
export const scale = (form: Affine, factor: number): Affine => ({
  constant: form.constant * factor,
  terms: factor === 0 ? [] : form.terms.map(({ atom, coefficient }) => ({ atom, coefficient: coefficient * factor })),
});

/** form + by. */
export const shift = (form: Affine, by: number): Affine => ({ ...form, constant: form.constant + by });

/** Sum of forms; equal atoms meet, and n·(e div n) + (e mod n) becomes e again. */
export function sum(...forms: Affine[]): Affine {
  const terms = new Map<string, { atom: Atom; coefficient: number }>();
  for (const { atom, coefficient } of forms.flatMap((form) => form.terms)) {
    const key = atomKey(atom);
    terms.set(key, { atom, coefficient: coefficient + (terms.get(key)?.coefficient ?? 0) });
  }
  const kept = [...terms.values()].filter((t) => t.coefficient !== 0);
  return rejoin({ constant: forms.reduce((c, form) => c + form.constant, 0), terms: kept });
}

function rejoin(form: Affine): Affine {
  for (const { atom, coefficient } of form.terms) {
    if (atom.kind !== 'mod') continue;
    const quotient = atomKey({ ...atom, kind: 'div' });
    const partner = form.terms.find((t) => atomKey(t.atom) === quotient && t.coefficient === coefficient * atom.by);
    if (!partner) continue;
    const rest = form.terms.filter((t) => t !== partner && t.atom !== atom);
    return sum({ constant: form.constant, terms: rest }, scale(atom.of, coefficient));
  }
  return form;
}

/** Smallest and largest value that a form takes; infinite where a negative number was divided. */
export function bounds(form: Affine): { min: number; max: number } {
  let [min, max] = [form.constant, form.constant];
  for (const { atom, coefficient } of form.terms) {
    const inner = atomBounds(atom);
    min += coefficient * (coefficient > 0 ? inner.min : inner.max);
    max += coefficient * (coefficient > 0 ? inner.max : inner.min);
  }
  return { min, max };
}

function atomBounds(atom: Atom): { min: number; max: number } {
  if (atom.kind === 'variable') return { min: 0, max: atom.size - 1 };
  const { min, max } = bounds(atom.of);
  if (min < 0) return { min: -Infinity, max: Infinity };
  return atom.kind === 'mod'
    ? { min: 0, max: atom.by - 1 }
    : { min: Math.floor(min / atom.by), max: Math.floor(max / atom.by) };
}

/** form = n · quotient + rest, the rest never negative and small where it can be: shaders divide without sign. */
function split(form: Affine, n: number): { quotient: Affine; rest: Affine } {
  const divides = (t: { coefficient: number }) => t.coefficient % n === 0;
  const rest = { constant: form.constant, terms: form.terms.filter((t) => !divides(t)) };
  const { min } = bounds(rest);
  const whole = Math.floor((Number.isFinite(min) ? min : form.constant) / n);
  const quotient = form.terms.filter(divides).map(({ atom, coefficient }) => ({ atom, coefficient: coefficient / n }));
  return { quotient: { constant: whole, terms: quotient }, rest: shift(rest, -whole * n) };
}

const isBelow = (form: Affine, n: number): boolean => bounds(form).min >= 0 && bounds(form).max < n;

/** ⌊form / n⌋. */
export function div(form: Affine, n: number): Affine {
  if (n === 1) return form;
  const { quotient, rest } = split(form, n);
  if (isBelow(rest, n)) return quotient;
  return sum(quotient, { constant: 0, terms: [{ atom: { kind: 'div', of: rest, by: n }, coefficient: 1 }] });
}

/** form − n · ⌊form / n⌋. */
export function mod(form: Affine, n: number): Affine {
  if (n === 1) return constant(0);
  const { rest } = split(form, n);
  return isBelow(rest, n) ? rest : { constant: 0, terms: [{ atom: { kind: 'mod', of: rest, by: n }, coefficient: 1 }] };
}

/** The flat row-major index of `coords` in `shape`. */
export function ravel(coords: readonly Affine[], shape: readonly number[]): Affine {
  return coords.reduce((flat, coord, d) => sum(scale(flat, shape[d]), coord), constant(0));
}

/** The coordinates in `shape` of a flat row-major index. */
export function unravel(flat: Affine, shape: readonly number[]): Affine[] {
  const coords: Affine[] = [];
  let rest = flat;
  for (let d = shape.length - 1; d >= 0; d--) {
    const outermost = d === 0;
    coords.unshift(outermost ? rest : mod(rest, Math.max(shape[d], 1)));
    if (!outermost) rest = div(rest, Math.max(shape[d], 1));
  }
  return coords;
}

/** True where the condition holds for every value of the variables. */
export function isCertain(condition: Condition): boolean {
  if (condition.kind === 'range') return isBelow(condition.index, condition.size);
  return (
    condition.index.constant % condition.of === 0 &&
    condition.index.terms.every((t) => t.coefficient % condition.of === 0)
  );
}

/** The coefficient of a loop variable, 0 where it does not occur at the top level. */
export function coefficientOf(form: Affine, name: string): number {
  return form.terms.find((t) => t.atom.kind === 'variable' && t.atom.name === name)?.coefficient ?? 0;
}

/** The form itself and every form inside its quotients and remainders. */
export function withInner(form: Affine): Affine[] {
  return [form, ...form.terms.flatMap((t) => (t.atom.kind === 'variable' ? [] : withInner(t.atom.of)))];
}

/** The form with every loop variable replaced, also inside quotients and remainders. */
export function substitute(form: Affine, replace: (name: string, size: number) => Affine): Affine {
  const parts = form.terms.map(({ atom, coefficient }) => {
    if (atom.kind === 'variable') return scale(replace(atom.name, atom.size), coefficient);
    const inner = substitute(atom.of, replace);
    return scale(atom.kind === 'div' ? div(inner, atom.by) : mod(inner, atom.by), coefficient);
  });
  return sum(constant(form.constant), ...parts);
}

import { type Affine, coefficientOf, constant, withInner } from '../affine';
import { type Loop, loopVariable, type Merged, rename } from './value';

/**
 * Joins neighbouring loops into one wherever every form walks through them as through one: a contiguous tensor of any rank
 * is then a single loop, and no index has to be taken apart. `forms` must name everything that depends on the loops.
 */
export function mergeLoops(loops: readonly Loop[], forms: readonly Affine[]): Merged {
  const all = forms.flatMap(withInner);
  const kept: Loop[] = [];
  const names = new Map<string, Affine>();
  for (const outer of [...loops].reverse()) {
    if (outer.size === 1) continue;
    const inner = kept[0];
    const joint = inner && { name: inner.name, size: inner.size * outer.size };
    // A form that holds a merged variable walks on by its coefficient times what was merged so far.
    const isOne =
      inner && all.every((form) => coefficientOf(form, outer.name) === coefficientOf(form, inner.name) * inner.size);
    if (!isOne) {
      kept.unshift(outer);
      continue;
    }
    kept[0] = joint!;
    names.set(outer.name, constant(0));
  }
  for (const loop of kept) names.set(loop.name, loopVariable(loop));
  return { loops: kept, rewrite: (form) => rename(form, names) };
}

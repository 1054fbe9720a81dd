import { HairpinError, type Shape, ShapeError } from '@hairpin/tensors';
import type { Slot } from './slot';

const MOST = 12; // names that a message lists

/** Raises an error with everything in which a file and a model differ: names on either side, nearest names, and shapes. */
export function checkFile(
  slots: readonly Slot[],
  shapes: ReadonlyMap<string, Shape>,
  leftOver: readonly string[],
): void {
  const used = new Set(slots.map(({ name }) => name));
  const spare = [...shapes.keys()].filter((name) => !used.has(name));
  const missing = slots.filter(({ name }) => !shapes.has(name)).map(({ name }) => withNearest(name, spare));
  const misshapen = slots.flatMap(({ name, shape }) => {
    const found = shapes.get(name);
    if (!found || found.join() === shape.join()) return [];
    return `expected "${name}" [${shape.join(', ')}], got [${found.join(', ')}]`;
  });
  if (missing.length + leftOver.length + misshapen.length === 0) return;
  const names = [list('missing', missing), list('left over', leftOver)].flat();
  const message = `loadWeights: ${[...names, ...misshapen.slice(0, MOST)].join('; ')}`;
  throw names.length > 0 ? new HairpinError(message) : new ShapeError(message);
}

function list(what: string, names: readonly string[]): string[] {
  const more = names.length > MOST ? ` and ${names.length - MOST} more` : '';
  return names.length > 0 ? [`${what} ${names.slice(0, MOST).join(', ')}${more}`] : [];
}

/** `weight_hh_l0 (nearest: weight_hr_l0)`, where something not used is near. */
function withNearest(name: string, spare: readonly string[]): string {
  const distances = spare.map((other) => ({ other, d: editDistance(name, other) }));
  const nearest = distances.sort((a, b) => a.d - b.d)[0];
  return nearest && nearest.d <= name.length / 2 ? `${name} (nearest: ${nearest.other})` : name;
}

/** How many letters have to be changed, put in or taken out (Levenshtein 1966). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}

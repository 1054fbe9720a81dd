/**
 * Throws unless two systems computed the same.
 * @param tolerance largest difference allowed, as a share of the largest of our numbers
 */
export function assertAgree(who: string, ours: ArrayLike<number>, theirs: ArrayLike<number>, tolerance: number): void {
  if (ours.length !== theirs.length) throw new Error(`${who}: expected ${ours.length} numbers, got ${theirs.length}`);
  const scale = Array.from(ours).reduce((largest, x) => Math.max(largest, Math.abs(x)), 0);
  const at = Array.from(ours).findIndex((x, i) => !(Math.abs(x - theirs[i]) <= tolerance * scale));
  if (at < 0) return;
  throw new Error(`${who}: number ${at} is ${theirs[at]}, ours is ${ours[at]}; allowed are ${tolerance * scale} apart`);
}

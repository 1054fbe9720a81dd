/** Raises unless `width` letters from `at` on lie within `length`. */
export function checkPlace(where: string, at: number, width: number, length: number): void {
  if (Number.isInteger(at) && at >= 0 && at + width <= length) return;
  throw new RangeError(`${where}: expected a place for ${width} letters within ${length}, got ${at} to ${at + width}`);
}

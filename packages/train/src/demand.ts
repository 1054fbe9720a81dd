/** @throws RangeError "SGD: expected momentum ≥ 0, got -1" where the condition does not hold. NaN fails every comparison. */
export function demand(isTrue: boolean, where: string, expected: string, got: number | string): void {
  if (!isTrue) throw new RangeError(`${where}: expected ${expected}, got ${got}`);
}

/** The number of a base by its character code, in either case: A 0, C 1, G 2, T and U 3, all else 4. [65536] */
export const BASES = /* @__PURE__ */ numbered();

function numbered(): Uint8Array {
  const numbers = new Uint8Array(65536).fill(4);
  [...'ACGTU'].forEach((letter, i) => {
    for (const cased of [letter, letter.toLowerCase()]) numbers[cased.charCodeAt(0)] = Math.min(i, 3);
  });
  return numbers;
}

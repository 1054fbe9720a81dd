/** The number of a base by its character code: A 0, C 1, G 2, T and U 3, all else 4. */
export const BASES = Uint8Array.from({ length: 65536 }, (_, code) => {
  const at = 'ACGTU'.indexOf(String.fromCharCode(code).toUpperCase());
  return at < 0 || code > 127 ? 4 : Math.min(at, 3);
});

/** Numbers in [0, 1) that look random enough (Numerical Recipes' constants). */
export function lcg(seed: number): () => number {
  return () => (seed = (seed * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32;
}

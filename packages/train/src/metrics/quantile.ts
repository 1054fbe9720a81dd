/** The value below which a share q of them lies: linear between neighbours, as NumPy's default. */
export function quantile(ascending: ArrayLike<number>, q: number): number {
  const at = q * (ascending.length - 1);
  const below = Math.floor(at);
  const above = Math.ceil(at);
  return ascending[below] + (at - below) * (ascending[above] - ascending[below]);
}

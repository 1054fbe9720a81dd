import { add, concat, mul, neg, reshape, shapeError, split, tensor, type Tensor } from '@hairpin/tensors';

/**
 * Pairs of neighbouring features turned by an angle that grows with the position, m·base^(−2i/width) for pair i at position m, so
 * that the product of two such vectors depends on the distance of their positions alone (Su et al. 2021, eqs. 15 and 34).
 * x: [..., length, width], width even → the same shape
 */
export function rotary(x: Tensor, { base = 10_000 }: { readonly base?: number } = {}): Tensor {
  const [length, width] = x.shape.slice(-2);
  if (x.shape.length < 2 || width % 2 !== 0)
    throw shapeError('rotary', 'x [..., length, width] with an even width', x.shape);
  const table = (of: (angle: number) => number) => angles(length, width / 2, base, of, x);
  const pairs = reshape(x, [...x.shape.slice(0, -1), width / 2, 2]);
  const [first, second] = split(pairs, 2, -1);
  const quarter = concat([neg(second), first], -1); // each pair turned by 90°
  return reshape(add(mul(pairs, table(Math.cos)), mul(quarter, table(Math.sin))), x.shape);
}

/** A function of all angles, [length, pairs, 1]: in double precision, for at position 10⁴ an f32 angle is off by 10⁻³. */
function angles(
  length: number,
  pairs: number,
  base: number,
  of: (angle: number) => number,
  { dtype, device }: Tensor,
): Tensor {
  const turns = Float64Array.from({ length: pairs }, (_, i) => base ** (-i / pairs));
  const values = Float64Array.from({ length: length * pairs }, (_, at) =>
    of(Math.floor(at / pairs) * turns[at % pairs]),
  );
  return tensor(values, { shape: [length, pairs, 1], dtype, ...(device && { device }) });
}

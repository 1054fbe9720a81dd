/** f(y) = V·tanh(W·y + b) + c in f64, with W [hidden, dim] and V [dim, hidden]. */
export function netInJavaScript(
  [w, b, v, c]: readonly Float32Array[],
  { dim, hidden }: { dim: number; hidden: number },
): (y: Float64Array) => Float64Array {
  const units = new Float64Array(hidden);
  return (y) => {
    for (let unit = 0; unit < hidden; unit++) units[unit] = Math.tanh(dot(w, unit * dim, y) + b[unit]);
    return Float64Array.from(c, (offset, i) => dot(v, i * hidden, units) + offset);
  };
}

function dot(matrix: Float32Array, from: number, x: Float64Array): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += matrix[from + i] * x[i];
  return total;
}

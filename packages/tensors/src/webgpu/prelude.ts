/** WGSL functions that expressions may call, by name; a kernel carries only those that it names. */
export const prelude: Readonly<Record<string, string>> = {
  // WGSL may assume that no NaN exists, so the exponent bits decide.
  is_finite: `fn is_finite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u; }`,
  // Below 0.01 the sum 1 + u would lose u; three terms of the series are exact there to f32.
  log1pf: `fn log1pf(u: f32) -> f32 { return select(log(1.0 + u), u * (1.0 - u * (0.5 - u * (1.0 / 3.0 - u * 0.25))), abs(u) < 0.01); }`,
  expm1f: `fn expm1f(x: f32) -> f32 { return select(exp(x) - 1.0, x * (1.0 + x * (0.5 + x * (1.0 / 6.0 + x * (1.0 / 24.0)))), abs(x) < 0.03); }`,
  // WGSL's pow is undefined for a negative base; a whole exponent decides the sign there.
  powf: `fn powf(x: f32, y: f32) -> f32 {
  let size = select(pow(abs(x), y), 1.0, y == 0.0);
  let odd = abs(y - 2.0 * floor(y * 0.5)) == 1.0;
  return select(size, -size, x < 0.0 && odd);
}`,
  // WGSL allows sin and cos an error of 2^-11: reduced to a quarter turn by π/2 in three parts, and the polynomials of Moshier's
  // Cephes library (sinf, cosf), good to 1e-7 for |x| below 8192.
  sine: `fn sine(x: f32, quarters: i32) -> f32 {
  let turn = round(x * 0.63661977);
  let r = ((x - turn * 1.5703125) - turn * 4.837512969970703125e-4) - turn * 7.54978995489188216e-8;
  let z = r * r;
  let s = ((-1.9515295891e-4 * z + 8.3321608736e-3) * z - 1.6666654611e-1) * z * r + r;
  let c = ((2.443315711809948e-5 * z - 1.388731625493765e-3) * z + 4.166664568298827e-2) * z * z - 0.5 * z + 1.0;
  let quadrant = (i32(turn) + quarters) & 3;
  return select(1.0, -1.0, quadrant >= 2) * select(s, c, (quadrant & 1) == 1);
}`,
  threefry: `fn threefry_round(x: vec2<u32>, r: u32) -> vec2<u32> { let a = x.x + x.y; return vec2<u32>(a, ((x.y << r) | (x.y >> (32u - r))) ^ a); }
fn threefry(key: vec2<u32>, counter: vec2<u32>) -> u32 {
  let k2 = 0x1bd11bdau ^ key.x ^ key.y;
  var x = counter + key;
  x = threefry_round(threefry_round(threefry_round(threefry_round(x, 13u), 15u), 26u), 6u) + vec2<u32>(key.y, k2 + 1u);
  x = threefry_round(threefry_round(threefry_round(threefry_round(x, 17u), 29u), 16u), 24u) + vec2<u32>(k2, key.x + 2u);
  x = threefry_round(threefry_round(threefry_round(threefry_round(x, 13u), 15u), 26u), 6u) + vec2<u32>(key.x, key.y + 3u);
  x = threefry_round(threefry_round(threefry_round(threefry_round(x, 17u), 29u), 16u), 24u) + vec2<u32>(key.y, k2 + 4u);
  x = threefry_round(threefry_round(threefry_round(threefry_round(x, 13u), 15u), 26u), 6u) + vec2<u32>(k2, key.x + 5u);
  return x.x;
}`,
  // The same polynomials as random/inverse-normal.ts; 2u − 1 is an odd multiple of 2^-24, exact in f32.
  normal_from_bits: `fn normal_from_bits(bits: u32) -> f32 {
  let x = f32(i32((bits >> 8u) * 2u + 1u) - 16777216) * 5.9604644775390625e-8;
  let w = -log((1.0 - x) * (1.0 + x));
  let c = w - 2.5;
  let t = sqrt(w) - 3.0;
  let central = ((((((((2.81022636e-8 * c + 3.43273939e-7) * c - 3.5233877e-6) * c - 4.39150654e-6) * c + 2.1858087e-4) * c - 1.25372503e-3) * c - 4.17768164e-3) * c + 0.246640727) * c + 1.50140941);
  let tail = ((((((((-2.00214257e-4 * t + 1.00950558e-4) * t + 1.34934322e-3) * t - 3.67342844e-3) * t + 5.73950773e-3) * t - 7.6224613e-3) * t + 9.43887047e-3) * t + 1.00167406) * t + 2.83297682);
  return 1.4142135623730951 * x * select(tail, central, w < 5.0);
}`,
};

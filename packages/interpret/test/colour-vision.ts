/** Linear red, green, blue of a hexadecimal sRGB colour. */
export function linear(hex: string): number[] {
  const channel = (at: number) => parseInt(hex.slice(at, at + 2), 16) / 255;
  return [1, 3, 5].map(channel).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
}

/** Contrast ratio of WCAG 2. */
export function contrast(a: string, b: string): number {
  const [dark, light] = [a, b]
    .map(linear)
    .map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b)
    .sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** Complete dichromacies on linear RGB (Machado, Oliveira & Fernandes 2009, severity 1). */
export function visions(): Record<string, number[][]> {
  // prettier-ignore
  return {
    full: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
  };
}

/** The linear RGB that a reader sees, given the matrix of the reader's vision. */
export function seen(hex: string, matrix: number[][]): number[] {
  const rgb = linear(hex);
  return matrix.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, m, i) => sum + m * rgb[i], 0),
      ),
    ),
  );
}

/** Distance in Oklab (Ottosson 2020), where 0.02 is about what the eye can just tell apart. */
export function distance(a: number[], b: number[]): number {
  const [p, q] = [oklab(a), oklab(b)];
  return Math.hypot(...p.map((value, i) => value - q[i]));
}

/** Lightness in Oklab, 0 for black and 1 for white. */
export function lightness(rgb: number[]): number {
  return oklab(rgb)[0];
}

function oklab([r, g, b]: number[]): number[] {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/**
 * Where the rotation of a text begins that comes first in the order of its characters, in time linear in its length
 * (Booth 1980). Of equal rotations the first.
 */
export function leastRotation(text: string): number {
  const n = text.length;
  const borders = new Int32Array(2 * n).fill(-1); // of the least rotation so far: the failure function of Knuth, Morris, Pratt
  let least = 0;
  for (let at = 1; at < 2 * n; at++) {
    const code = text.charCodeAt(at % n);
    let border = borders[at - least - 1];
    for (; border >= 0 && code !== text.charCodeAt((least + border + 1) % n); border = borders[border]) {
      if (code < text.charCodeAt((least + border + 1) % n)) least = at - border - 1;
    }
    const expected = text.charCodeAt((least + border + 1) % n);
    if (code !== expected && code < expected) least = at; // here border is −1
    borders[at - least] = code === expected ? border + 1 : -1;
  }
  return least % Math.max(n, 1);
}

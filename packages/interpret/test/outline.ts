/** Points along an outline of M, L, H, V, Z and unrotated A commands, the arcs sampled finely. */
export function outlinePoints(path: string): [number, number][] {
  const points: [number, number][] = [];
  let [x, y] = [0, 0];
  for (const [, command, list] of path.matchAll(/([MLHVAZ])([^A-Z]*)/g)) {
    const n = list.split(/[ ,]/).filter(Boolean).map(Number);
    const from: [number, number] = [x, y];
    if (command === 'H') x = n[0];
    else if (command === 'V') y = n[0];
    else if (command !== 'Z') [x, y] = n.slice(-2);
    if (command === 'A') points.push(...arcPoints(from, [n[0], n[1]], n[4] === 1, [x, y]));
    points.push([x, y]);
  }
  return points;
}

/** The smaller arc of an ellipse between two points (SVG 1.1, F.6.5); where the radii are too small they are enlarged. */
function arcPoints(from: number[], radii: number[], isClockwise: boolean, to: number[]): [number, number][] {
  const half = [0, 1].map((i) => (from[i] - to[i]) / 2 / radii[i]); // in a frame where the ellipse is a unit circle
  const chord = Math.hypot(...half);
  const grow = Math.max(1, chord);
  const apart = Math.sqrt(Math.max(0, 1 - (chord / grow) ** 2)) / (chord / grow);
  const sign = isClockwise ? 1 : -1;
  const offset = [(sign * apart * half[1]) / grow, (-sign * apart * half[0]) / grow];
  const centre = [0, 1].map((i) => (from[i] + to[i]) / 2 + offset[i] * radii[i] * grow);
  const angle = (p: number[]) => Math.atan2((p[1] - centre[1]) / radii[1], (p[0] - centre[0]) / radii[0]);
  const start = angle(from);
  const turn = (((sign * (angle(to) - start)) % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);
  return Array.from({ length: 99 }, (_, i) => {
    const at = start + (sign * turn * (i + 1)) / 100;
    return [centre[0] + grow * radii[0] * Math.cos(at), centre[1] + grow * radii[1] * Math.sin(at)];
  });
}

/** A full turn. */
export const TURN = 2 * Math.PI;

/** A place on a circle around 0, 0: the angle runs clockwise from the top. */
export function polar(radius: number, angle: number): [x: number, y: number] {
  return [radius * Math.sin(angle), -radius * Math.cos(angle)];
}

/** A place as SVG text, to a hundredth of a pixel. */
export function place([x, y]: readonly [number, number]): string {
  return `${Math.round(x * 100) / 100} ${Math.round(y * 100) / 100}`;
}

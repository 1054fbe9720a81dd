import { encode } from 'fast-png';
import type { ColourScale, Rgba } from './colour-scale';
import type { Box } from '../frame';
import type { Grid } from '../grid';
import { element } from '../svg';

/** The cells of a table in the colours of a scale, the first row on top, as an image stretched to the box. */
export function cells({ data, shape: [rows, columns] }: Grid, scale: ColourScale, box: Box): string {
  const levels = Uint8Array.from(data, scale.level);
  return pixels(levels, [rows, columns], scale.colours, box);
}

/** One pixel per number, the index of its colour. */
export function pixels(
  levels: Uint8Array,
  [height, width]: readonly [rows: number, columns: number],
  colours: readonly Rgba[],
  box: Box,
): string {
  const href = `data:image/png;base64,${base64(encodeCells({ width, height, data: levels }, colours))}`;
  return element('image', { ...box, href, preserveAspectRatio: 'none', 'image-rendering': 'pixelated' });
}

/** fast-png writes the opacities without the opaque ones between, so the palette is either opaque or nowhere so. */
function encodeCells(image: { width: number; height: number; data: Uint8Array }, colours: readonly Rgba[]): Uint8Array {
  const isOpaque = colours.every(([, , , alpha]) => alpha === 255);
  const palette = colours.map(([r, g, b, a]) => (isOpaque ? [r, g, b] : [r, g, b, Math.min(a, 254)]));
  return encode({ ...image, channels: 1, depth: 8, palette }, { zlib: { level: 9 } });
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}

import { decode } from 'fast-png';

/** The texts of a picture, unescaped ones only, in their order. */
export const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

/** The `<desc>` of a picture. */
export const description = (svg: string): string => /<desc>(.*?)<\/desc>/.exec(svg)?.[1] ?? '';

/** The images of a picture, decoded: where they lie and the index of each pixel's colour, row by row. */
export function images(svg: string) {
  const found = svg.matchAll(
    /<image x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)" href="data:image\/png;base64,([^"]+)"/g,
  );
  return [...found].map(([, x, y, width, height, data]) => {
    const { width: columns, data: pixels, palette } = decode(Uint8Array.from(atob(data), (c) => c.charCodeAt(0)));
    const levels = Array.from(pixels);
    const rows = Array.from({ length: levels.length / columns }, (_, i) =>
      levels.slice(i * columns, (i + 1) * columns),
    );
    return { box: [x, y, width, height].map(Number), rows, palette };
  });
}

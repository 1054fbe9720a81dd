const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A size with three digits that count: 812 B, 1.25 MB. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const rounded = Number(bytes.toPrecision(3)); // first, for 999 999 bytes are 1.00 MB
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(rounded) / 3));
  return `${(rounded / 1000 ** power).toPrecision(3)} ${UNITS[power]}`;
}

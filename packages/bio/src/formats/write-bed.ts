import { isFeature } from './bed';
import type { BedFeature, BedOptions } from './bed';
import { excerpt } from './format-error';

type Cell = (feature: BedFeature) => string | undefined;

const number = (value: number | undefined) => (value === undefined ? undefined : String(value));
const shared: readonly Cell[] = [({ name }) => name, ({ score }) => number(score), ({ strand }) => strand];
const peaks: readonly Cell[] = [
  ...shared,
  ({ signalValue }) => number(signalValue),
  ({ pValue }) => number(pValue),
  ({ qValue }) => number(qValue),
];
const CELLS: Record<string, readonly Cell[]> = {
  bed: [
    ...shared,
    ({ thickStart }) => number(thickStart),
    ({ thickEnd }) => number(thickEnd),
    ({ itemRgb }) => itemRgb,
    ({ blocks }) => number(blocks?.length || undefined),
    ({ blocks }) => blocks?.map(({ start, end }) => end - start).join(',') || undefined,
    ({ start, blocks }) => blocks?.map((block) => block.start - start).join(',') || undefined,
  ],
  narrowPeak: [...peaks, ({ peak }) => number(peak)],
  broadPeak: peaks,
};

/**
 * BED text. Each line has as many columns as its feature has something to say in, `.` where it says nothing between;
 * `columns` makes them equally many, as browsers want them.
 */
export function writeBed(features: Iterable<BedFeature>, { format = 'bed', columns }: BedOptions = {}): string {
  let text = '';
  for (const feature of features) text += `${lineOf(feature, CELLS[format], columns)}\n`;
  return text;
}

function lineOf(feature: BedFeature, cells: readonly Cell[], columns: number | undefined): string {
  const values = cells.map((cell) => cell(feature));
  const count = Math.max(cellsBefore(feature.rest, values, columns), (columns ?? 3) - 3);
  const own = values.slice(0, count).map((value) => value ?? '.');
  const fields = [feature.chrom, String(feature.start), String(feature.end), ...own, ...(feature.rest ?? [])];
  if (!isFeature(feature.chrom)) {
    throw new RangeError(`writeBed: chromosome ${excerpt(feature.chrom)} reads as no feature`);
  }
  const broken = fields.find((field) => /[\t\r\n]/.test(field));
  if (broken !== undefined) throw new RangeError(`writeBed: ${excerpt(broken)} has a tab or a line break`);
  return fields.join('\t');
}

const BED_CELLS = CELLS.bed.length;

/** How many, so that `rest` stands where a reader takes it for that. */
function cellsBefore(
  rest: readonly string[] | undefined,
  values: readonly (string | undefined)[],
  columns: number | undefined,
): number {
  if (!rest) return values.findLastIndex((value) => value !== undefined) + 1;
  if (columns !== undefined) return columns - 3;
  const hasBlocks = values.length < BED_CELLS || values[BED_CELLS - 1] !== undefined || rest.length >= 3;
  return hasBlocks ? values.length : BED_CELLS - 3;
}

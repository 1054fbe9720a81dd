/** Where a sequence comes from, as its header says: numbers as written there (BED counts from 0, UCSC's `range=` from 1). */
export interface Locus {
  readonly chromosome: string;
  readonly start?: number;
  readonly end?: number;
  readonly strand?: '+' | '-';
}

/** The two parts of a FASTA header. */
export interface Header {
  readonly id: string;
  readonly description?: string;
}

// The first that fits wins. The forms with a colon need no "chr" (`II:5-10`); "chr" alone must not catch gene chrna1.
const PATTERNS = [
  /\bchromosome:[^\s:]+:(?<chromosome>[^\s:]+):(?<start>\d+):(?<end>\d+):(?<strand>-?1)\b/,
  /(?:^|[\s=:|;])(?<chromosome>[^\s=:|;]+):(?<start>\d+)(?:-|\.\.)(?<end>\d+)(?:\((?<strand>[+-])\))?/,
  /(?:^|[\s=:|;_])(?<chromosome>[cC]hr[0-9A-Z][^\s=:|;]*?)_(?<start>\d+)_(?<end>\d+)(?:_(?<strand>[+-]))?(?![^\s_.])/,
  /^(?<chromosome>[^\s:|]+)\s+(?<start>\d+)\.\.(?<end>\d+)\b/,
  /(?:^|[\s=:|;])(?<chromosome>[cC]hr[0-9A-Z][^\s=:|;,]*)/,
  /\bchromosome\s+(?<chromosome>[\w.]+)/i,
];

/**
 * The place that a FASTA header names, or `undefined`. Known are `chr1:5-10`, `name::chr1:5-10(+)` (bedtools),
 * `hg19_ct_peaks_1 range=chr1:5-10 strand=-` (UCSC), `chromosome:GRCh38:1:5:10:-1` (Ensembl), `chr1_5_10_+`, `I 5..10`,
 * `chr1`, `NC_000001.11 Homo sapiens chromosome 1` (NCBI).
 */
export function locusOf({ id, description = '' }: Header): Locus | undefined {
  const header = `${id} ${description}`.replace(/(\d),(?=\d{3})/g, '$1'); // 17,036,408
  for (const pattern of PATTERNS) {
    const groups = pattern.exec(header)?.groups;
    if (groups) return toLocus(groups, /\bstrand=([+-])/.exec(header)?.[1]);
  }
  return undefined;
}

function toLocus({ chromosome, start, end, strand }: Record<string, string | undefined>, said?: string): Locus {
  const sign = strand ?? said;
  return {
    chromosome: chromosome!,
    ...(start && { start: Number(start), end: Number(end) }),
    ...(sign && { strand: sign === '-' || sign === '-1' ? '-' : '+' }),
  };
}

/**
 * Sets the records of some chromosomes apart, so that neighbouring or overlapping pieces of the genome never stand on
 * both sides. Order is kept.
 * @throws RangeError if a header names no chromosome, if a chromosome to hold out does not occur (and says which do), or
 * if nothing would be left
 */
export function splitByChromosome<T extends Header>(
  records: readonly T[],
  { heldOut }: { heldOut: readonly string[] },
): { kept: T[]; heldOut: T[] } {
  const chromosomes = records.map(chromosomeOf);
  const occurring = new Set(chromosomes);
  const missing = heldOut.filter((name) => !occurring.has(name));
  if (missing.length > 0) {
    throw new RangeError(`splitByChromosome: no record is on ${missing.join(', ')}; there are ${listed(occurring)}`);
  }
  const isHeldOut = (i: number) => heldOut.includes(chromosomes[i]);
  const kept = records.filter((_, i) => !isHeldOut(i));
  if (kept.length === 0)
    throw new RangeError(`splitByChromosome: every record is on ${heldOut.join(', ')}; none is left`);
  return { kept, heldOut: records.filter((_, i) => isHeldOut(i)) };
}

function chromosomeOf(record: Header, index: number): string {
  const locus = locusOf(record);
  if (locus) return locus.chromosome;
  const header = `${record.id} ${record.description ?? ''}`.trim();
  throw new RangeError(
    `splitByChromosome: the header of record ${index + 1} (${JSON.stringify(header)}) names no chromosome; ` +
      'expected something like chr10:1200-1300',
  );
}

/** Names in the order of a karyotype: chr2 before chr10. */
function listed(names: Set<string>): string {
  const sorted = [...names].sort(new Intl.Collator('en', { numeric: true }).compare);
  return sorted.length <= 40 ? sorted.join(', ') : `${sorted.slice(0, 40).join(', ')} and ${sorted.length - 40} more`;
}

import {
  CircularSequence,
  collectGenBank,
  flipSpan,
  type GenBankFeature,
  oneHotTensor,
  rotateSpan,
  simulateProkaryote,
  type Span,
  spansOf,
} from '@hairpin/bio';
import type { Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';
import type { DataStore } from '../frame/job';

/** A gene that is one piece of its circle. */
export interface Gene extends Span {
  readonly name: string;
}

/** A circular molecule with its genes. */
export interface Circle {
  readonly name: string;
  readonly sequence: CircularSequence;
  readonly genes: readonly Gene[];
}

/** The set that they come from. */
export const dataset = 'circular_small';

const molecules = [
  { name: 'phiX174', file: 'phiX174_NC_001422.gb', genes: 9, codons: [40, 120] },
  { name: 'plasmid pPCP1', file: 'plasmid_pPCP1_NC_005816.gb', genes: 15, codons: [60, 300] },
  { name: 'chloroplast', file: 'chloroplast_Arabidopsis_NC_000932.gb', genes: 130, codons: [60, 600] },
] as const;

/** A phage, a plasmid and a chloroplast, or simulated circles of as many genes where the set is not here. */
export const readCircles = (data: DataStore, rng: Rng): Promise<Circle[]> =>
  Promise.all(molecules.map((molecule) => readCircle(data, molecule, rng.fork(molecule.name))));

async function readCircle(data: DataStore, { name, file, genes, codons }: (typeof molecules)[number], rng: Rng) {
  const input = await data.dataset(dataset, file);
  if (!input) return { ...simulatedCircle(rng, { genes, codons }), name: `simulated, ${genes} genes` };
  const [{ sequence, features }] = await collectGenBank(input);
  const coding = features.filter(({ type }) => type === 'CDS');
  const found = coding.flatMap((feature) => geneOf(feature, sequence.length));
  return { name, sequence: new CircularSequence(sequence.toUpperCase()), genes: found };
}

/** A coding feature, if it is of one piece: across the origin, but without introns. */
function geneOf({ location, qualifiers }: GenBankFeature, lengthBp: number): Gene[] {
  const spans = spansOf(location, lengthBp);
  if (spans.length !== 1) return [];
  const [{ start, end }] = spans;
  const place = `${start + 1}..${end > lengthBp ? end - lengthBp : end}`;
  return [{ ...spans[0], name: qualifiers.gene?.[0] ?? qualifiers.locus_tag?.[0] ?? place }];
}

/** A circle that is cut inside one of its genes, as `simulateProkaryote` makes them. */
export function simulatedCircle(
  rng: Rng,
  { genes, codons }: { genes: number; codons?: readonly [number, number] },
): Circle {
  const made = simulateProkaryote({ rng, genes, ...(codons && { codons }), isCircular: true });
  const named = made.genes.map((gene, i) => ({ ...gene, name: `gene ${i + 1}` }));
  return { name: 'simulated', sequence: new CircularSequence(made.sequence), genes: named };
}

/** The same circle, cut elsewhere: what was at `by` is now at 0. */
export function turn({ name, sequence, genes }: Circle, by: number): Circle {
  const moved = genes.map((gene) => rotateSpan(gene, by, sequence.length));
  return { name, sequence: sequence.rotate(by), genes: moved };
}

/** The same circle, cut where its first gene begins and read on the strand of that gene, as databases like it. */
export function cutAtGene(circle: Circle): Circle {
  const { length } = circle.sequence;
  if (circle.genes[0].strand === '+') return turn(circle, circle.genes[0].start);
  const genes = circle.genes.map((gene) => flipSpan(gene, length));
  return turn({ ...circle, sequence: circle.sequence.reverseComplement(), genes }, genes[0].start);
}

/** Letters as a net reads them.   [sequences, longest, 4] */
export const encode = (sequences: readonly string[], length?: number): { x: Tensor; lengths: Tensor } =>
  oneHotTensor(sequences, { unknown: 'fractional', lowerCase: 'same', ...(length && { length }) });

import type { Tensor } from '@hairpin/tensors';
import { Alphabet } from './alphabet';
import { type Letters, lettersOf } from './letters';
import type { Perturbable } from './model';
import { type Edit, Mutants } from './mutants';
import type { PerturbationOptions } from './options';
import { outputsOf } from './outputs';
import { differences, select } from './results';
import { bothStrands, dnaComplement } from './strands';

/** A change of one sequence: `alt` in place of `ref`. Either may be '' or several letters long. */
export interface Variant {
  /** Row of x. */
  readonly sequence: number;
  /** Where `ref` begins, counted from 0. */
  readonly position: number;
  readonly ref: string;
  readonly alt: string;
}

/** How variants are written. */
export interface VariantOptions extends PerturbationOptions {
  /** Letters of the channels; ACGT unless said. */
  readonly alphabet?: string;
  /** `both`: the model's mean over both strands, each mutant whole; `given` unless said. */
  readonly strands?: 'given' | 'both';
  /** Number of each letter's complement, for both strands; that of ACGT unless said. */
  readonly complement?: readonly number[];
}

/** What a model says of variants. */
export interface VariantEffects {
  /** f(alt) − f(ref), [variants, …outputs] */
  readonly effects: Float64Array;
  /** f of the sequence as it stands, [variants, …outputs]. */
  readonly reference: Float64Array;
  /** f of the sequence with the variant, [variants, …outputs]. */
  readonly alternative: Float64Array;
  /** Shape of each. */
  readonly shape: readonly number[];
}

/**
 * Effects of variants: single letters, several letters, insertions and deletions. The reference allele must stand where the
 * variant says. Letters behind an insertion or deletion move, as in `mutagenesis`.
 */
export async function variantEffects<S>(
  model: Perturbable<S>,
  x: Tensor,
  variants: readonly Variant[],
  options: VariantOptions = {},
): Promise<VariantEffects> {
  const { strands = 'given', complement = dnaComplement } = options;
  const edits = await variantEdits('variantEffects', x, variants, options);
  const mutants = new Mutants();
  const references = new Map(variants.map(({ sequence }) => [sequence, -1]));
  for (const sequence of references.keys()) references.set(sequence, mutants.add(sequence));
  const pieces = edits.map(({ alt }) => mutants.piece(alt));
  const changed = edits.map(({ edit }, v) => mutants.add(variants[v].sequence, { ...edit, piece: pieces[v] }));
  const own = variants.map(({ sequence }) => references.get(sequence)!);
  const outputs = await outputsOf(strands === 'both' ? bothStrands(model, complement) : model, x, mutants, options);
  return {
    effects: differences(outputs, changed, own),
    reference: select(outputs, own),
    alternative: select(outputs, changed),
    shape: [variants.length, ...outputs.shape],
  };
}

/** The letters that variants take out and put in; raises where a reference allele does not stand in x. */
export async function variantEdits(where: string, x: Tensor, variants: readonly Variant[], options: VariantOptions) {
  const alphabet = new Alphabet(where, options.alphabet ?? 'ACGT', x);
  const letters = await lettersOf(where, x, options);
  return variants.map((variant, v) => {
    checkAllele(`${where}: variant ${v}`, variant, alphabet, letters);
    const edit: Edit = { at: variant.position, removed: variant.ref.length };
    return { edit, alt: alphabet.rows(variant.alt) };
  });
}

function checkAllele(where: string, { sequence, position, ref }: Variant, alphabet: Alphabet, letters: Letters): void {
  const length = letters.lengths[sequence];
  if (length === undefined)
    throw new RangeError(`${where}: expected a sequence of 0 … ${letters.lengths.length - 1}, got ${sequence}`);
  if (!(Number.isInteger(position) && position >= 0 && position + ref.length <= length))
    throw new RangeError(
      `${where}: expected a position at which ${ref.length} letters lie within the ${length} of sequence ${sequence}, got ${position}`,
    );
  const found = Array.from(ref, (_, i) => alphabet.written(letters.at(sequence, position + i))).join('');
  if (found !== ref)
    throw new RangeError(
      `${where}: expected the reference "${ref}" at position ${position} of sequence ${sequence}, found "${found}"; ` +
        'positions count from 0, on the strand of x',
    );
}

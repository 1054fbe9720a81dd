import { LSTM } from '@hairpin/layers';
import { explain, grad, OutOfMemoryError, type Parameter, realize, type Tensor } from '@hairpin/tensors';
import type { Context } from './experiment';
import { lettersOf } from './nets';

/** Gradients of an LSTM's weights through all steps, and what they need. */
export interface WholeGradient {
  /** Numbers of the gradients that are not finite. */
  readonly broken: number;
  /** MiB of temporaries with states kept at √steps borders. */
  readonly mebibytes: number;
  /** The same with all of them kept, or why the device refuses that. */
  readonly allKept: number | string;
  /** How far gradients over a short sequence with and without borders are apart, as a share of the largest. */
  readonly apart: number;
}

/** Backpropagates through all steps of a sequence, without truncation. */
export async function wholeGradient(context: Context): Promise<WholeGradient> {
  const { steps, units, batch } = context.options;
  context.phase(`backpropagation through ${steps} steps`);
  const rng = context.rng.fork('whole');
  const gradients = (length: number, checkpoint?: number) => {
    const net = new LSTM({ in: 4, hidden: units, rng: rng.fork('weights'), ...(checkpoint && { checkpoint }) });
    const x = lettersOf(rng.fork('letters'), batch, length);
    const loss = (_: Readonly<Record<string, Parameter>>) => net.last(net.run(x).state).square().mean();
    return Object.values(grad(loss)(net.parameters()));
  };
  const mebibytes = async (tensors: readonly Tensor[]) => (await explain(...tensors)).temporaryBytes / 2 ** 20;
  const border = Math.round(Math.sqrt(steps));
  const whole = gradients(steps, border);
  const needed = await mebibytes(whole);
  const allKept = await mebibytes(gradients(steps)).catch(refusal);
  const values = await numbersOf(whole);
  const [short, plain] = [await numbersOf(gradients(100, 10)), await numbersOf(gradients(100))];
  const largest = plain.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return {
    broken: values.filter((value) => !Number.isFinite(value)).length,
    ...{ mebibytes: needed, allKept },
    apart: Math.max(...short.map((value, i) => Math.abs(value - plain[i]))) / largest,
  };
}

function refusal(error: unknown): string {
  if (error instanceof OutOfMemoryError) return error.message;
  throw error;
}

async function numbersOf(tensors: readonly Tensor[]): Promise<number[]> {
  await realize(...tensors); // in one plan
  return (await Promise.all(tensors.map((gradient) => gradient.data()))).flatMap((values) => [...values]);
}

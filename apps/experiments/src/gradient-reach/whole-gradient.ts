import { LSTM } from '@hairpin/layers';
import { explain, grad, type Parameter, type Tensor } from '@hairpin/tensors';
import type { Context } from './experiment';
import { lettersOf } from './nets';

/** Gradients of an LSTM's weights through all steps, and what they need. */
export interface WholeGradient {
  /** Numbers of the gradients that are not finite. */
  readonly broken: number;
  /** MiB of temporaries, with states kept at √steps borders and with all of them kept. */
  readonly mebibytes: number;
  readonly keptMebibytes: number;
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
  const [needed, kept] = [await mebibytes(whole), await mebibytes(gradients(steps))];
  const values = await numbersOf(whole);
  const [short, plain] = [await numbersOf(gradients(100, 10)), await numbersOf(gradients(100))];
  const largest = plain.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return {
    broken: values.filter((value) => !Number.isFinite(value)).length,
    ...{ mebibytes: needed, keptMebibytes: kept },
    apart: Math.max(...short.map((value, i) => Math.abs(value - plain[i]))) / largest,
  };
}

const numbersOf = async (tensors: readonly Tensor[]): Promise<number[]> =>
  (await Promise.all(tensors.map((gradient) => gradient.data()))).flatMap((values) => [...values]);

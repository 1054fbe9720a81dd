import { atMost, exactly } from '../frame/bound';
import type { Context } from './experiment';
import { type Kind, kinds } from './nets';
import type { Reach } from './reach';
import { showReach } from './show';
import { wholeGradient } from './whole-gradient';

/** Row 8: whether the gradient falls by the largest exponent. */
export function reportReach(context: Context, reaches: Record<Kind, Reach>): void {
  for (const kind of kinds) {
    const { slope, spectrum } = reaches[kind];
    const name = `${kind}, slope of ln ‖∂L/∂h‖ over ${context.options.steps} steps against λ₁, as a share`;
    const value = Math.abs(slope / spectrum.exponents[0] - 1);
    context.report.number({ row: 8, name, value, threshold: atMost(0.02), quick: atMost(0.05) });
  }
  showReach(context, reaches);
}

/** Row 8: whether weights get their gradient through all steps. */
export async function reportWholeGradient(context: Context): Promise<void> {
  const { report, options } = context;
  const { broken, apart, mebibytes, allKept } = await wholeGradient(context);
  const name = `Numbers that are not finite in the gradient of an LSTM through ${options.steps} steps`;
  report.number({ row: 8, name, value: broken, threshold: exactly(0) });
  report.number({
    row: 8,
    name: 'Gradient with states kept at borders, from that with all kept',
    value: apart,
    threshold: atMost(1e-5),
  });
  if (mebibytes === 0) return; // a device that computes op by op has no plan to ask
  report.number({ name: 'Temporaries, states kept at borders', value: mebibytes, unit: 'MiB' });
  if (typeof allKept === 'number') report.number({ name: 'Temporaries, all states kept', value: allKept, unit: 'MiB' });
  else report.text(`With all states kept the device refuses: ${allKept}.`);
}

import { atMost, below } from '../frame/bound';
import type { Context } from './experiment';
import type { GrowthByScale } from './growth';
import { compareCriticalStep } from './pendulum';
import { showGrowth } from './show';

/** Row 10: whether Euler's method leaves where linear stability ends. */
export async function reportCriticalStep(context: Context): Promise<void> {
  const { report } = context;
  const rows = [];
  for (const damping of [0.05, 0.2, 0.5]) {
    context.phase(`the critical step of Euler, damping ${damping}`);
    const { bound, found, apart } = await compareCriticalStep({
      method: 'euler',
      pendulum: { frequency: 1, damping },
      steps: 2000,
    });
    rows.push([`${damping} of critical damping`, bound, found]);
    const name = `Critical step of Euler at damping ${damping}, found from −2·Re λ/|λ|², as a share`;
    report.number({ row: 10, name, value: apart, threshold: atMost(0.01) });
  }
  report.heading('A pendulum thrown out of its rest');
  report.table('The step from which on Euler’s swings grow', ['', 'by theory', 'found'], rows);
}

/** Row 10: whether a gradient grows as swings do, and other methods stay. */
export function reportGrowth(context: Context, growth: GrowthByScale): void {
  const { report } = context;
  const { scales, theory, series, criticalScale } = growth;
  const at = scales.indexOf(2);
  const rows = { RK4: series.rk4[at], 'Implicit Euler': series.implicit[at] };
  for (const [method, value] of Object.entries(rows))
    report.number({
      row: 10,
      name: `${method} at twice the critical step, growth of a swing per step`,
      value,
      threshold: below(0),
    });
  const apart = Math.max(...scales.map((_, i) => Math.abs(series.gradient[i] - theory[i])));
  report.number({
    row: 10,
    name: 'Growth of the gradient through Euler’s steps, from ln |1 + hλ|',
    value: apart,
    threshold: atMost(1e-3),
  });
  report.number({
    ...{ row: 10, name: 'Weight scale from which on the gradient of an RNN at rest grows, from 1' },
    ...{ value: Math.abs(criticalScale - 1), threshold: atMost(0.01) },
  });
  showGrowth(context, growth);
}

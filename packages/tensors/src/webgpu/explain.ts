import type { Backend } from '../device';
import { topological } from '../graph';
import { loopsIn } from '../scan/describe';
import type { Tensor } from '../tensor';
import { explainLoop } from './loop/explain';
import { type Limits, makePlan } from './plan';

/** What a plan for pending tensors would do. */
export function explainPlan(tensors: readonly Tensor[], limits: Limits): ReturnType<Backend['explain']> {
  const leaves = topological(tensors).filter((t) => t.source.kind === 'host' || t.source.kind === 'stored');
  const roots = [...new Set(tensors)];
  const plan = makePlan({ leaves, args: [], roots, direct: true, reads: new Map(), writes: new Map() }, limits);
  return {
    loops: loopsIn(roots).map((run) => explainLoop(run, limits.target)),
    dispatches: plan.dispatches.map(({ name, grid, slots, wgsl }) => ({
      name,
      workgroups: grid,
      bindings: slots.length,
      wgsl,
    })),
    temporaryBytes: plan.layout.sizes.reduce((a, b) => a + b, 0),
  };
}

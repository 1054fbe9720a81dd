import type { LoopExplanation } from '../../explain';
import { describe } from '../../scan/describe';
import { NotOneKernel } from './build';
import { levelsOf, type Target } from './layout';
import { planOf, type Run } from './lower';

/** How a device runs a loop: its kernel, or why it has none. */
export function explainLoop(run: Run, target: Target): LoopExplanation {
  const loop = describe(run.call, run.streams);
  try {
    const { tiling, body, key } = planOf([run], target).plan;
    return {
      ...loop,
      kernel: {
        key,
        rowsPerWorkgroup: 4 * tiling.quads,
        invocations: tiling.lanes,
        subgroup: tiling.subgroup,
        workgroupBytes: tiling.workgroupBytes,
        barriersPerStep: levelsOf(body),
        matrices: body.matrices.map(({ k, n }) => `[${k}, ${n}]`),
      },
    };
  } catch (error) {
    if (error instanceof NotOneKernel) return { ...loop, fallback: error.message };
    throw error;
  }
}

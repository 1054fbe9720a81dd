import type { ExperimentEvent } from '@hairpin/experiments';

/** A page that is told more often than this draws no more for it. */
const MS_BETWEEN = 40;

/** Passes events on, but of steps in quick succession only one now and then, and always the last of a part. */
export function sparsely(
  tell: (event: ExperimentEvent) => void,
  now = () => performance.now(),
): (event: ExperimentEvent) => void {
  let toldAt = -Infinity;
  return (event) => {
    const isDue = event.kind !== 'steps' || event.done >= event.total || now() - toldAt >= MS_BETWEEN;
    if (!isDue) return;
    if (event.kind === 'steps') toldAt = now();
    tell(event);
  };
}

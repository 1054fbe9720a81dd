import { element, round } from './svg';

/** Parts of a picture, one below the other. */
export function stacked(plots: readonly { height: number; markup: string }[], gap = 0): string {
  let y = 0;
  const groups = plots.map(({ height, markup }) => {
    const group = element('g', { transform: `translate(0 ${round(y)})` }, markup);
    y += height + gap;
    return group;
  });
  return groups.join('');
}

/** Size of parts one below the other. */
export function stackedSize(
  plots: readonly { width: number; height: number }[],
  gap = 0,
): { width: number; height: number } {
  const height = plots.reduce((sum, plot) => sum + plot.height, gap * (plots.length - 1));
  return { width: Math.max(...plots.map(({ width }) => width)), height };
}

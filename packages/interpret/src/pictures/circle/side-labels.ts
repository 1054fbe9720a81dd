import { element, label } from '../svg';
import { fitText, textWidth } from '../text-width';
import { place, polar } from './polar';

/** A name and the place that it belongs to. */
export interface Anchor {
  name: string;
  angle: number;
  radius: number;
  /** Which names to keep when there is no room for all: the longest features. */
  weight: number;
}

const ROW = 14; // px
const MOST = 180; // px: longer names are cut

/** Names in two columns beside a circle, joined to their places by thin lines. */
export interface SideLabels {
  markup: string;
  /** How far the names reach from the centre, at either side, up and down. */
  reach: { left: number; right: number; up: number; down: number };
  /** How many had no room. */
  dropped: number;
}

/** Lays names beside a circle so that none lies on another, in the order of their angles. */
export function sideLabels(anchors: readonly Anchor[], radius: number): SideLabels {
  const height = radius + 2 * ROW;
  const capacity = Math.floor((2 * height) / ROW);
  const sides = [1, -1].map((side) => {
    const own = anchors.filter(({ angle }) => (Math.sin(angle) >= 0 ? 1 : -1) === side);
    const kept = own.toSorted((a, b) => b.weight - a.weight).slice(0, capacity);
    return {
      side,
      kept: kept.sort((a, b) => Math.cos(b.angle) - Math.cos(a.angle)),
      dropped: own.length - kept.length,
    };
  });
  const placed = sides.flatMap(({ side, kept }) => {
    const wanted = kept.map(({ angle }) => -(radius + ROW) * Math.cos(angle));
    return spread(wanted, ROW, height).map((y, i) => ({ anchor: kept[i], side, y }));
  });
  const ends = (side: number) => placed.filter((p) => p.side === side).map(({ anchor }) => nameWidth(anchor));
  return {
    markup: element('g', {}, ...placed.map(({ anchor, side, y }) => joined(anchor, side, y, radius))),
    reach: {
      right: Math.max(radius, ...ends(1).map((width) => radius + 26 + width)),
      left: Math.max(radius, ...ends(-1).map((width) => radius + 26 + width)),
      up: Math.max(radius, ...placed.map(({ y }) => ROW / 2 - y)),
      down: Math.max(radius, ...placed.map(({ y }) => ROW / 2 + y)),
    },
    dropped: sides[0].dropped + sides[1].dropped,
  };
}

function nameWidth({ name }: Anchor): number {
  return textWidth(fitText(name, MOST));
}

function joined({ name, angle, radius: from }: Anchor, side: number, y: number, radius: number): string {
  const x = side * (radius + 18);
  const d = `M${place(polar(from, angle))}L${place(polar(radius + 8, angle))}L${place([x, y])}`;
  const text = { x: x + side * 4, y, 'text-anchor': side > 0 ? 'start' : 'end', 'dominant-baseline': 'central' };
  const [cx, cy] = polar(from, angle);
  return (
    element('path', { d, fill: 'none', stroke: 'currentColor', 'stroke-opacity': 0.5 }) +
    element('circle', { cx, cy, r: 1.8 }) +
    label(fitText(name, MOST), text)
  );
}

/**
 * The heights nearest to those wanted, in the sense of least squares, that are `gap` apart and within ±`most`: without the
 * gaps an isotonic regression, by pooling neighbours (Ayer et al. 1955). @param wanted rising
 */
export function spread(wanted: readonly number[], gap: number, most: number): number[] {
  const pools: { sum: number; count: number }[] = [];
  for (const [i, height] of wanted.entries()) {
    pools.push({ sum: height - i * gap, count: 1 });
    while (pools.length > 1 && meanOf(pools.at(-2)!) > meanOf(pools.at(-1)!)) {
      const { sum, count } = pools.pop()!;
      const before = pools.at(-1)!;
      Object.assign(before, { sum: before.sum + sum, count: before.count + count });
    }
  }
  const highest = most - (wanted.length - 1) * gap;
  const levels = pools.flatMap((pool) =>
    Array<number>(pool.count).fill(Math.max(-most, Math.min(highest, meanOf(pool)))),
  );
  return levels.map((level, i) => level + i * gap);
}

function meanOf({ sum, count }: { sum: number; count: number }): number {
  return sum / count;
}

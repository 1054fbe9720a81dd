/**
 * A lane for each item, counted from 0: the first in which it touches none of those before it. Items that come first get
 * the first lanes.
 */
export function packLanes<Item>(items: readonly Item[], touch: (a: Item, b: Item) => boolean): number[] {
  const lanes: Item[][] = [];
  return items.map((item) => {
    const free = lanes.findIndex((lane) => lane.every((other) => !touch(item, other)));
    if (free < 0) return lanes.push([item]) - 1;
    lanes[free].push(item);
    return free;
  });
}

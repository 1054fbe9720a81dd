import type { Matrix } from '../../motifs/matrix';
import { cells } from './cells';
import { colourBar } from './colour-bar';
import { colourScale, type ColourScale, type ColourScaleOptions } from './colour-scale';
import { frame } from '../frame';
import { extremes, type Grid, gridOf, type NumberArray } from '../grid';
import { element, label, picture, round } from '../svg';
import { fitText } from '../text-width';
import { tokenAxis, type TokenAxis } from './token-axis';
import { formatNumber } from '../words';

/** Options of `attentionMap`; sizes in pixels. */
export interface AttentionMapOptions extends ColourScaleOptions {
  /** What the queries are: letters, or one name for each. They are numbered unless said. */
  readonly queries?: string | readonly string[];
  /** What the keys are; the queries unless said, where there are as many. */
  readonly keys?: string | readonly string[];
  /** Names of the heads; "head 1" and so on unless said. */
  readonly heads?: readonly string[];
  /** Number of the first query and key; 1 unless said. */
  readonly firstPosition?: number;
  /** Heads side by side; about as many as below each other unless said. */
  readonly perRow?: number;
  /** Width and height of a cell; unless said what gives about 320 for a head, with room for the names. */
  readonly cellSize?: number;
  readonly title?: string;
  readonly description?: string;
}

/**
 * Attention as maps, one per head: queries from top to bottom, keys from left to right, all heads in the same colours.
 * @param weights an array of shape [heads, queries, keys], as `await tensor.data()` and `tensor.shape` give it, or a table per head
 * @throws RangeError for no heads, heads of different shapes, names of another number, or weights that are not finite
 */
export function attentionMap(weights: NumberArray | readonly Matrix[], options: AttentionMapOptions = {}): string {
  const heads = headsOf(weights);
  const [queries, keys] = heads[0].shape;
  const names = options.heads ?? heads.map((_, i) => `head ${i + 1}`);
  checkNames('heads', names, heads.length);
  const axes = axesOf([queries, keys], options);
  const ranges = heads.map(({ data }) => extremes(data));
  const [low, high] = [Math.min(0, ...ranges.map((r) => r[0])), Math.max(...ranges.map((r) => r[1]))];
  const scale = colourScale('attentionMap', [low, high], options);

  const perRow = options.perRow ?? Math.ceil(Math.sqrt(heads.length));
  const panel = panelSize(axes);
  const panels = heads.map((head, i) => {
    const [x, y] = [(i % perRow) * panel.width, Math.floor(i / perRow) * panel.height];
    return element('g', { transform: `translate(${round(x)} ${round(y)})` }, headPanel(head, names[i], scale, axes));
  });
  const columns = Math.min(perRow, heads.length);
  const place = {
    x: columns * panel.width + 10,
    y: axes.top + 24,
    height: Math.max(48, Math.min(160, axes.queries.length)),
  };
  const bar = colourBar(scale, { ...place, name: 'weight' });
  return picture(
    {
      width: place.x + bar.width + 8,
      height: Math.max(Math.ceil(heads.length / perRow) * panel.height, place.y + place.height + 10),
      title:
        options.title ??
        `Attention of ${heads.length === 1 ? 'one head' : `${heads.length} heads`}, ${queries} queries by ${keys} keys`,
      description: options.description ?? describe(heads, names, axes),
    },
    ...panels,
    bar.markup,
  );
}

const NAME = 80; // px: least room for the name of a head

interface Axes {
  queries: TokenAxis;
  keys: TokenAxis;
  /** Room at the left for the queries and on top for the name of the head and the keys. */
  left: number;
  top: number;
}

function axesOf([queries, keys]: readonly [number, number], options: AttentionMapOptions): Axes {
  const { firstPosition = 1 } = options;
  const keyTokens = options.keys ?? (queries === keys ? options.queries : undefined);
  const sizes = [tokenAxis('queries', queries, options.queries), tokenAxis('keys', keys, keyTokens)].map(
    (axis) => axis.least,
  );
  const cell = options.cellSize ?? Math.max(...sizes, Math.min(14, Math.floor(320 / Math.max(queries, keys))));
  const rows = tokenAxis('queries', queries, options.queries, { cell, firstPosition });
  const columns = tokenAxis('keys', keys, keyTokens, { cell, firstPosition });
  return { queries: rows, keys: columns, left: Math.max(44, rows.room), top: 24 + columns.above };
}

function panelSize({ queries, keys, left, top }: Axes): { width: number; height: number } {
  return { width: left + Math.max(NAME, keys.length) + 14, height: top + queries.length + keys.below + 22 };
}

function headPanel(head: Grid, name: string, scale: ColourScale, { queries, keys, left, top }: Axes): string {
  const box = { x: left, y: top, width: keys.length, height: queries.length };
  const below = top + queries.length + keys.below;
  return [
    label(fitText(name, 0.9 * Math.max(NAME, keys.length)), { x: left, y: 15, 'font-weight': 600 }), // bold is wider
    label('query', { x: left - 6, y: top - 7, 'text-anchor': 'end', 'fill-opacity': 0.8 }),
    label('key', { x: left + keys.length, y: below + 11, 'text-anchor': 'end', 'fill-opacity': 0.8 }),
    cells(head, scale, box),
    frame(box),
    queries.atLeft(left, top),
    keys.around(left, top, top + queries.length),
  ].join('');
}

function headsOf(weights: NumberArray | readonly Matrix[]): Grid[] {
  if (!('shape' in weights)) return sameShape(weights.map((head, i) => gridOf(`attentionMap: head ${i + 1}`, head)));
  const { data, shape } = weights;
  if (shape.length !== 3 || shape.includes(0))
    throw new RangeError(
      `attentionMap: expected weights [heads, queries, keys] of one example, got [${shape.join(', ')}]`,
    );
  const [heads, queries, keys] = shape;
  if (data.length !== heads * queries * keys)
    throw new RangeError(
      `attentionMap: a shape of [${shape.join(', ')}] takes ${heads * queries * keys} numbers, got ${data.length}`,
    );
  const piece = (head: number) => Array.prototype.slice.call(data, head * queries * keys, (head + 1) * queries * keys);
  return Array.from({ length: heads }, (_, head) =>
    gridOf(`attentionMap: head ${head + 1}`, { data: piece(head), shape: [queries, keys] }),
  );
}

function sameShape(heads: readonly Grid[]): Grid[] {
  if (heads.length === 0) throw new RangeError('attentionMap: expected at least one head, got none');
  const expected = heads[0].shape.join(', ');
  const other = heads.findIndex(({ shape }) => shape.join(', ') !== expected);
  if (other >= 0)
    throw new RangeError(
      `attentionMap: expected [${expected}] of each head, got [${heads[other].shape.join(', ')}] of head ${other + 1}`,
    );
  return [...heads];
}

function checkNames(what: string, names: readonly string[], count: number): void {
  if (names.length !== count)
    throw new RangeError(`attentionMap: expected ${count} names of ${what}, got ${names.length}`);
}

function describe(heads: readonly Grid[], names: readonly string[], { queries, keys }: Axes): string {
  const sentences = heads.slice(0, 16).map(({ data, shape }, i) => {
    const [, high] = extremes(data);
    const at = Array.prototype.indexOf.call(data, high);
    const [query, key] = [Math.floor(at / shape[1]), at % shape[1]];
    return `${names[i]}: strongest ${formatNumber(high)}, from query ${queries.say(query)} to key ${keys.say(key)}.`;
  });
  return sentences.join(' ');
}

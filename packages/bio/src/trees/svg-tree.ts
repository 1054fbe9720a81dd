import { leavesOf } from './tree';
import type { Tree } from './tree';
import { layOut } from './tree-layout';
import type { TreeLayout } from './tree-layout';

/** How a tree is drawn as SVG; sizes in pixels. */
export interface SvgTreeOptions {
  /** What the picture is, in a few words: its name for a screen reader. `'Tree of 41 taxa'` unless said. */
  readonly title?: string;
  /** What it shows, for readers who do not see it; unless said which taxa each group of the root holds. */
  readonly description?: string;
  /** Of the whole picture; 640 unless said. */
  readonly width?: number;
  /** From one leaf to the next; 18 unless said. */
  readonly rowHeight?: number;
  /** Whether branches are as long as they say; where lengths are known unless said. */
  readonly isScaled?: boolean;
  /** Whether the support of branches is written beside them; true unless said. */
  readonly showsSupport?: boolean;
}

const MARGIN = 12;
const FONT = 12;

/**
 * The tree as SVG text, the root at the left. Lines and letters take the colour of the text around the picture, so that it
 * reads on light and on dark pages; with branch lengths it has a scale bar.
 */
export function svgTree(tree: Tree, options: SvgTreeOptions = {}): string {
  const { width = 640, rowHeight = 18, showsSupport = true } = options;
  const leaves = leavesOf(tree);
  const layout = layOut(tree, options.isScaled);
  const widest = leaves.reduce((most, { name }) => Math.max(most, [...name].length), 0);
  const deepest = layout.depths.reduce((most, depth) => Math.max(most, depth), 0) || 1;
  const labels = Math.min(widest * FONT * 0.6, width / 2); // a letter is some 0.6 of its height wide
  const scale = Math.max(1, width - 2 * MARGIN - labels - 8) / deepest;
  const height = 2 * MARGIN + leaves.length * rowHeight + (layout.isScaled ? 24 : 0);
  const place: Place = {
    x: (i) => MARGIN + layout.depths[i] * scale,
    y: (i) => MARGIN + (layout.rows[i] + 0.5) * rowHeight,
  };
  const title = options.title ?? `Tree of ${leaves.length} taxa`;
  const parts = [
    `<title>${escaped(title)}</title><desc>${escaped(options.description ?? describe(tree))}</desc>`,
    `<path d="${branches(layout, place)}" fill="none" stroke="currentColor" stroke-width="1.2" stroke-linecap="square"/>`,
    ...names(layout, place),
    ...(showsSupport ? supports(layout, place) : []),
    ...(layout.isScaled ? [scaleBar(deepest, scale, height - 14)] : []),
  ];
  const size = `width="${width}" height="${round(height)}" viewBox="0 0 ${width} ${round(height)}"`;
  const font = `font-family="ui-sans-serif, system-ui, sans-serif" font-size="${FONT}" fill="currentColor"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="${escaped(title)}" ${font}>${parts.join('')}</svg>`;
}

/** Where a node of the layout is drawn. */
interface Place {
  x(node: number): number;
  y(node: number): number;
}

/** A line down from the parent's height to the node's, then across to the node. */
function branches({ nodes, parents }: TreeLayout, { x, y }: Place): string {
  const lines = nodes.map((_, i) => i > 0 && `M${round(x(parents[i]))} ${round(y(parents[i]))}V${round(y(i))}H${round(x(i))}`); // prettier-ignore
  return lines.filter(Boolean).join('');
}

function names({ nodes }: TreeLayout, { x, y }: Place): string[] {
  return nodes.flatMap(({ name, children }, i) =>
    children.length > 0 || name === '' ? [] : [text(name, x(i) + 6, y(i), 'dominant-baseline="central"')],
  );
}

function supports({ nodes }: TreeLayout, { x, y }: Place): string[] {
  return nodes.flatMap(({ support, children }, i) =>
    children.length === 0 || support === undefined
      ? []
      : [text(String(Number(support.toPrecision(3))), x(i) - 3, y(i) - 3, `text-anchor="end" font-size="${FONT - 3}"`)],
  );
}

/** A bar of 1, 2 or 5 times a power of ten, a quarter of the depth at most. */
function scaleBar(deepest: number, scale: number, y: number): string {
  const power = 10 ** Math.floor(Math.log10(deepest / 4));
  const length = power * [5, 2, 1].find((step) => step * power <= deepest / 4)!;
  const [from, to] = [MARGIN, MARGIN + length * scale];
  const bar = `<path d="M${from} ${round(y - 4)}v8M${from} ${round(y)}H${round(to)}m0 -4v8" fill="none" stroke="currentColor"/>`;
  return bar + text(String(Number(length.toPrecision(1))), to + 6, y, 'dominant-baseline="central"');
}

/** The groups at the root, so far as they are few enough to be listened to. */
function describe(tree: Tree): string {
  if (tree.children.length === 0) return `A single taxon, ${tree.name}.`;
  const groups = tree.children.map((child) => {
    const names = leavesOf(child).map(({ name }) => name || 'no name');
    return names.length <= 12 ? names.join(', ') : `${names.slice(0, 12).join(', ')} and ${names.length - 12} more`;
  });
  const shown = groups.slice(0, 12).map((group) => `(${group})`).join('; '); // prettier-ignore
  return `The root joins ${groups.length} groups: ${shown}${groups.length > 12 ? '; and more' : ''}.`;
}

function text(content: string, x: number, y: number, attributes: string): string {
  return `<text x="${round(x)}" y="${round(y)}" ${attributes}>${escaped(content)}</text>`;
}

const round = (value: number) => String(Math.round(value * 100) / 100);

/** Text made safe for content and quoted attributes; characters that XML forbids become U+FFFD. */
function escaped(content: string): string {
  return content
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

import { arrow } from './arrow';
import { checkFeature, type CircularFeature, featureLanes } from './feature';
import { TURN } from './polar';
import { type CircularTrack, drawRing, type Ring, ringOf } from './ring';
import { ruler, rulerRoom } from './ruler';
import { sideLabels } from './side-labels';
import { grey, palette } from '../palette';
import { element, label, picture, round } from '../svg';
import { textWidth } from '../text-width';
import { formatNumber, groupDigits } from '../words';

/** A circular genome as it is drawn. */
export interface CircularGenome {
  readonly lengthBp: number;
  /** Written into the circle. */
  readonly name?: string;
  readonly features?: readonly CircularFeature[];
  /** Rings inside the features, from outside inwards. */
  readonly tracks?: readonly CircularTrack[];
}

/** Options of `circularMap`; sizes in pixels. */
export interface CircularMapOptions {
  /** Of the outermost features; unless said 190, up to 340 for many names. Larger where the rings take more. */
  readonly radius?: number;
  readonly title?: string;
  readonly description?: string;
}

const LANE = 14; // px
const GAP = 3; // px between lanes
const RING = 34; // px

/**
 * A circular genome, its origin at the top: features of the forward strand outside the circle and of the reverse strand
 * inside, in as many lanes as they overlap, their names beside the circle, then rings of numbers and a ruler.
 * @throws RangeError for a feature that is not on the circle or a track with a number that is not finite
 */
export function circularMap(genome: CircularGenome, options: CircularMapOptions = {}): string {
  const { lengthBp, name = '', features = [], tracks = [] } = genome;
  if (!(Number.isFinite(lengthBp) && lengthBp > 0))
    throw new RangeError(`circularMap: expected a length above 0 bp, got ${lengthBp}`);
  features.forEach((feature) => checkFeature(feature, lengthBp));
  const rings = tracks.map(ringOf);
  const layout = layOut(genome, options.radius ?? roomyRadius(genome));
  const names = sideLabels(layout.anchors, layout.radius);
  const { left, right, up, down } = names.reach;
  const legend = legendRows(features, rings);
  const width = Math.max(left + right + 16, 16 + Math.max(0, ...legend.map(({ text }) => 20 + textWidth(text))));
  return picture(
    {
      width,
      height: up + down + 16 + (legend.length ? 14 + 18 * legend.length : 0),
      title: options.title ?? `Circular map of ${name || 'a genome'}, ${groupDigits(lengthBp)} bp`,
      description: options.description ?? describe(genome, rings, names.dropped),
    },
    element(
      'g',
      { transform: `translate(${round(left + 8)} ${round(up + 8)})` },
      element('circle', { r: layout.backbone, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.5 }),
      ...layout.shapes,
      ...rings.map((ring, i) => drawRing(ring, layout.ringTop - RING * (i + 1) + GAP, layout.ringTop - RING * i - GAP)),
      ruler(lengthBp, layout.ruler),
      centre(name, lengthBp),
      names.markup,
    ),
    ...legend.map(({ text, colours }, i) => legendRow(text, colours, up + down + 30 + 18 * i)),
  );
}

/** A circle so high that the names of its busier half have room beside it. */
function roomyRadius({ lengthBp, features = [] }: CircularGenome): number {
  const named = features.filter(({ name }) => name);
  const right = named.filter(({ start, end }) => Math.sin((Math.PI * (start + end)) / lengthBp) >= 0).length;
  return Math.min(340, Math.max(190, 8 * Math.max(right, named.length - right)));
}

/** Radii from outside inwards, and the features as shapes. */
function layOut({ lengthBp, name = '', features = [], tracks = [] }: CircularGenome, wanted: number) {
  const inside = featureLanes(features.filter(({ strand }) => strand === '-'), lengthBp); // prettier-ignore
  const outside = featureLanes(features.filter(({ strand }) => strand !== '-'), lengthBp); // prettier-ignore
  const room = (lanes: readonly { lane: number }[]) => (LANE + GAP) * Math.max(0, ...lanes.map(({ lane }) => lane + 1));
  const middle = Math.max(26, 0.56 * textWidth(name), textWidth(`${groupDigits(lengthBp)} bp`) / 2);
  const radius = Math.max(
    wanted,
    room(outside) + room(inside) + RING * tracks.length + rulerRoom(lengthBp) + middle + 2 * GAP,
  );
  const backbone = radius - room(outside);
  const angle = (position: number) => (TURN * position) / lengthBp;
  const drawn = [...outside, ...inside].map(({ feature, lane }) => {
    const { start, end, strand = '.', colour = strandColours[strand] } = feature;
    const isInside = strand === '-';
    const outer = isInside ? backbone - GAP - (LANE + GAP) * lane : backbone + (LANE + GAP) * (lane + 1);
    const band = { from: angle(start), to: angle(end), inner: outer - LANE, outer };
    const anchor = { angle: angle((start + end) / 2) % TURN, radius: outer - LANE / 2, weight: end - start };
    return {
      shape: element('path', { d: arrow(band, strand), fill: colour }),
      anchor: { ...anchor, name: feature.name ?? '' },
    };
  });
  const ringTop = backbone - GAP - room(inside);
  return {
    radius,
    backbone,
    ringTop,
    ruler: ringTop - RING * tracks.length - GAP,
    shapes: drawn.map(({ shape }) => shape),
    anchors: drawn.map(({ anchor }) => anchor).filter((anchor) => anchor.name !== ''),
  };
}

const strandColours = { '+': palette.blue, '-': palette.red, '.': grey } as const;

function centre(name: string, lengthBp: number): string {
  const size = label(`${groupDigits(lengthBp)} bp`, {
    y: name ? 9 : 0,
    'dominant-baseline': 'central',
    'fill-opacity': 0.8,
  });
  const title = name && label(name, { y: -8, 'dominant-baseline': 'central', 'font-weight': 600 });
  return element('g', { 'text-anchor': 'middle' }, title, size);
}

interface LegendRow {
  text: string;
  colours: readonly string[];
}

function legendRows(features: readonly CircularFeature[], rings: readonly Ring[]): LegendRow[] {
  const has = (strand: '+' | '-') => features.some((feature) => feature.strand === strand && !feature.colour);
  return [
    ...(has('+') ? [{ text: 'forward strand', colours: [strandColours['+']] }] : []),
    ...(has('-') ? [{ text: 'reverse strand', colours: [strandColours['-']] }] : []),
    ...describeRings(rings).map((text, i) => ({ text, colours: rings[i].colours })),
  ];
}

function legendRow(text: string, colours: readonly string[], y: number): string {
  const width = 12 / colours.length;
  const swatches = colours.map((fill, i) => element('rect', { x: 8 + i * width, y: y - 6, width, height: 12, fill }));
  return element('g', {}, ...swatches, label(text, { x: 26, y, 'dominant-baseline': 'central' }));
}

function describeRings(rings: readonly Ring[]): string[] {
  return rings.map(({ track, low, high, baseline }, i) => {
    const which = rings.length === 1 ? 'ring' : `ring ${i + 1} from outside`;
    return `${which}: ${track.name}, ${formatNumber(low)} to ${formatNumber(high)}, baseline ${formatNumber(baseline)}`;
  });
}

function describe({ lengthBp, features = [] }: CircularGenome, rings: readonly Ring[], dropped: number): string {
  const places = features.slice(0, 40).map(({ name, start, end, strand }) => {
    const last = end > lengthBp ? end - lengthBp : end;
    return `${name ?? 'unnamed'} ${start + 1} to ${last}${strand === '-' ? ', reverse' : ''}`;
  });
  const more = features.length > 40 ? ` and ${features.length - 40} more` : '';
  const list = features.length ? ` ${features.length} features: ${places.join('; ')}${more}.` : '';
  const unnamed = dropped > 0 ? ` ${dropped} names had no room.` : '';
  return `A circle of ${groupDigits(lengthBp)} bp.${list}${unnamed}${describeRings(rings)
    .map((text) => ` ${text}.`)
    .join('')}`;
}

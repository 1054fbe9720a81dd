import type { Shape } from '@hairpin/tensors';
import type { Layer } from '../layer';
import { describe, type DescribeOptions, type LayerRow } from './describe';

/**
 * The layers of a model as a table: where each stands, its class, the shape of what it gives, its parameters without
 * those of the layers in it (shared ones once), and how many of its inputs an output sees. `inputShape` has the batch, too.
 */
export function summary(model: Layer, inputShape: Shape, options: DescribeOptions = {}): string {
  const { rows, parameters, buffers } = describe(model, inputShape, options);
  const table = [['layer', 'type', 'output', 'parameters', 'sees'], ...rows.map(cellsOf)];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const lines = table.map((row) => lineOf(row, widths));
  const rule = '─'.repeat(Math.max(...lines.map((line) => line.length)));
  const kept = buffers > 0 ? `, of which ${count(buffers)} are buffers` : '';
  return [lines[0], rule, ...lines.slice(1), rule, `${count(parameters)} parameters${kept}`].join('\n');
}

const count = (n: number): string => n.toLocaleString('en-US');

function cellsOf({ path, type, output, parameters, receptiveField, sameAs }: LayerRow): string[] {
  const size = parameters > 0 ? count(parameters) : '';
  return [
    path || '(model)',
    type,
    output ? `[${output.join(', ')}]` : '–',
    sameAs === undefined ? size : `as ${sameAs}`,
    receptiveField === undefined ? '–' : receptiveField === 'all' ? 'all' : seen(receptiveField),
  ];
}

/** `7`, or `7 / 2` where neighbours are two inputs apart. */
const seen = ({ size, stride }: { size: number; stride: number }): string =>
  stride === 1 ? `${size}` : `${size} / ${stride}`;

/** Text to the left, numbers to the right. */
const lineOf = (cells: readonly string[], widths: readonly number[]): string =>
  cells
    .map((cell, k) => (k < 3 ? cell.padEnd(widths[k]) : cell.padStart(widths[k])))
    .join('  ')
    .trimEnd();

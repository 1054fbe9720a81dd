import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Curve, Point, Size } from './sweeps';

/** What a process is to measure: its last argument, as JSON. */
export interface Asked {
  readonly system: string;
  readonly sizes: readonly Size[];
  readonly limitMs: number;
}

/** A line of its answer, as JSON. */
export type Said = { readonly point: Point } | Pick<Curve, 'missing'>;

/**
 * A system's curve, measured by a script in a process of its own: one that ends the process, as some do when memory does, leaves
 * the points before it.
 */
export async function climbApart(script: URL, asked: Asked): Promise<Curve> {
  const args = ['--import', import.meta.resolve('tsx'), fileURLToPath(script), JSON.stringify(asked)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close') as Promise<[code: number | null, signal: string | null]>;
  const said: Said[] = [];
  for await (const line of createInterface(child.stdout)) if (line.startsWith('{')) said.push(JSON.parse(line) as Said);
  const [code, signal] = await ended;
  const measured = said.flatMap((line) => ('point' in line ? line.point : []));
  const points = measured.map((point, i) => ({ ...point, size: asked.sizes[i] })); // the very sizes that were asked: JSON made copies
  const told = said.find((line) => 'missing' in line);
  const ending = `its process ended with ${signal ?? `code ${code}`}`;
  const left = asked.sizes.slice(points.length);
  const missing = left.map((size, i) => ({ size, reason: told?.missing[i].reason ?? ending }));
  return { system: asked.system, points, missing };
}

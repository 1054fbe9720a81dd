import type { Tensor } from '../../tensor';
import type { Writer } from '../writer';
import type { Cost } from './cost';

/** One dispatch, ready to be bound: text by structure, numbers by shape. */
export interface KernelCode extends Cost {
  /** For errors and profiles: the ops in it. */
  readonly name: string;
  readonly wgsl: string;
  readonly buffers: readonly Tensor[];
  readonly numbers: readonly number[];
  readonly scalarPlaces: readonly { readonly place: number; readonly scalar: Tensor }[];
  readonly grid: readonly [number, number, number];
  /** Floating-point operations and words moved, roughly: plans are cut into submissions by it. */
  readonly work: number;
}

/** Most workgroups along one axis of a dispatch, in WebGPU's default limits. */
export const maxGroups = 65_535;

/** `groups` workgroups as a grid: folded into two axes past the limit of one. */
export function foldGrid(groups: number): [number, number, number] {
  if (groups <= maxGroups) return [Math.max(groups, 1), 1, 1];
  const rows = Math.ceil(groups / maxGroups);
  return [Math.ceil(groups / rows), rows, 1];
}

/** The entry point: `i` is the invocation's number in the folded grid, and those past `count` do nothing. */
export function entryPoint(workgroup: number, count: string, body: string): string {
  return `@compute @workgroup_size(${workgroup})
fn main(@builtin(local_invocation_index) lane: u32, @builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = (group.y * groups.x + group.x) * ${workgroup}u + lane;
  if (i >= ${count}) { return; }
${body}
}`;
}

/**
 * The entry point of invocations that work together: `tile` is the workgroup's number in the folded grid. Those past `count`
 * invocations do nothing, all others stay whole.
 */
export function sharedEntryPoint(workgroup: number, count: string, declarations: string, body: string): string {
  return `${declarations}
@compute @workgroup_size(${workgroup})
fn main(@builtin(local_invocation_index) lane: u32, @builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let tile = group.y * groups.x + group.x;
  if (tile * ${workgroup}u >= ${count}) { return; }
${body}
}`;
}

/** The code that a writer collected. */
export const finish = (
  name: string,
  writer: Writer,
  body: string,
  grid: KernelCode['grid'],
  work: number,
  { flop, bytes }: Cost,
): KernelCode => ({
  name,
  wgsl: writer.shader(body),
  buffers: writer.buffers,
  numbers: writer.numbers,
  scalarPlaces: writer.scalarPlaces,
  grid,
  work,
  flop,
  bytes,
});

import { topological } from '../graph';
import type { DType } from '../dtype';
import type { Op } from '../op';
import type { Shape } from '../shape';
import { Tensor } from '../tensor';

/**
 * What one run of a loop gives, by name: the state after the last step `[B, …]`; the states before the first step and
 * after each one `[B, T + 1, …]`; the value of a node of the body at every step `[B, T, …]`.
 */
export type Stream =
  { readonly kind: 'final' | 'history'; readonly state: number } | { readonly kind: 'value'; readonly node: number };

/** How a loop runs: over how many steps, from which end, and how many of them in one dispatch. */
export interface Course {
  readonly batch: number;
  readonly length: number;
  readonly reverse: boolean;
  readonly segment?: number | undefined;
}

/** The parts of a loop's body, a graph over placeholders. */
export interface Body {
  /** The state before a step. */
  readonly state: readonly Tensor[];
  /** What each step reads of the sequences. */
  readonly x: readonly Tensor[];
  /** What stays the same in all steps. */
  readonly captured: readonly Tensor[];
  /** The state after a step. */
  readonly next: readonly Tensor[];
}

/** A loop: its body, its course, and a key that is equal for equal loops. */
export interface Program extends Body, Course {
  /** Every node of the body, inputs first. */
  readonly nodes: readonly Tensor[];
  readonly key: string;
  /** Equal for loops that differ at most in the end they start from. */
  readonly structure: string;
  toJSON(): string;
}

/** A placeholder with the shape of one step. */
export const placeholder = (name: string, shape: Shape, dtype: DType): Tensor =>
  new Tensor({ shape, dtype }, { kind: 'placeholder', name });

/** A program of these parts; `outputs` are nodes that streams will ask for beside the state. */
export function makeProgram(body: Body, course: Course, outputs: readonly Tensor[]): Program {
  const nodes = topological([...body.state, ...body.x, ...body.captured, ...body.next, ...outputs]);
  const structure = structureOf(body, course, nodes);
  const key = `${course.reverse ? '↓' : '↑'}${structure}`;
  return { ...body, ...course, nodes, key, structure, toJSON: () => key };
}

function structureOf({ state, x, captured, next }: Body, course: Course, nodes: readonly Tensor[]): string {
  const place = new Map(nodes.map((node, i) => [node, i]));
  const list = (tensors: readonly Tensor[]) => tensors.map((t) => place.get(t)).join();
  const text = ({ source, shape, dtype }: Tensor) => {
    const meta = `${dtype}[${shape.join()}]`;
    if (source.kind === 'op')
      return `${source.op.name}(${list(source.inputs)})${JSON.stringify(source.attrs) ?? ''}${meta}`;
    return source.kind === 'scalar' ? `${String(source.value)}${meta}` : meta;
  };
  return [
    `${course.batch}×${course.length}/${course.segment ?? ''}`,
    ...[state, x, captured, next].map(list),
    ...nodes.map(text),
  ].join('|');
}

/** Where a node stands in a program. */
export function placeOf(program: Program, node: Tensor): number {
  const place = program.nodes.indexOf(node);
  if (place < 0) throw new Error(`scan: ${node} is no part of the body`);
  return place;
}

/** The op and inputs of a node that has them. */
export interface Made {
  readonly op: Op;
  readonly inputs: readonly Tensor[];
  readonly attrs: unknown;
}

/** How a node was made; undefined for placeholders and numbers. */
export const madeOf = ({ source }: Tensor): Made | undefined => (source.kind === 'op' ? source : undefined);

import { coefficientOf, withInner } from '../affine';
import type { Tensor } from '../tensor';
import { dependsOn, type Loop, type Value, visit } from './value';
import { Block, type Writer } from './writer';

type Load = Extract<Value, { kind: 'load' }>;

/** How a load meets four neighbouring places of a loop: as one vector, as one number for all, or one by one. */
function meeting({ row, index }: Load, loop: string): 'vector' | 'shared' | 'apart' {
  if (row && (row.width % 4 !== 0 || dependsOn(row.start, loop))) return 'apart';
  const isInside = index.terms.some(
    (t) => t.atom.kind !== 'variable' && withInner(t.atom.of).some((form) => coefficientOf(form, loop) !== 0),
  );
  if (isInside) return 'apart';
  const step = coefficientOf(index, loop);
  if (step === 0) return 'shared';
  const rest = index.terms.every(
    (t) => t.coefficient % 4 === 0 || (t.atom.kind === 'variable' && t.atom.name === loop),
  );
  return step === 1 && rest && index.constant % 4 === 0 ? 'vector' : 'apart';
}

/** True where four neighbours along the innermost loop can share loads and one store. */
export const hasLanes = (loops: readonly Loop[]): boolean => loops.length > 0 && loops.at(-1)!.size % 4 === 0;

/** Binds as vec4 every buffer that is only ever read in fours. */
export function bindVectors(writer: Writer, values: readonly Value[], loop: string): void {
  const kinds = new Map<Tensor, Set<string>>();
  visit(values, (value) => {
    if (value.kind === 'load')
      kinds.set(value.buffer, (kinds.get(value.buffer) ?? new Set()).add(meeting(value, loop)));
  });
  for (const [buffer, kind] of kinds) if (kind.has('vector') && !kind.has('apart')) writer.buffer(buffer, true);
}

/** A block for each of four neighbouring places; what they share is written to `head`. */
export const laneBlocks = (head: Block, loop: string, prefix: string): Block[] =>
  [0, 1, 2, 3].map((number) => new Block(head.writer, `${prefix}${number}_`, { head, loop, number }));

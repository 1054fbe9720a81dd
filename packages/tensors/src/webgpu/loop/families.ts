import { topological } from '../../graph';
import { familyKey } from '../../op';
import type { ScanAttrs } from '../../scan/op';
import type { Tensor } from '../../tensor';
import type { Target } from './layout';
import { lowerRuns, runOf } from './lower';

interface Family {
  readonly members: Tensor[];
  /** Loops that come before it on the longest way to it: loops of one level cannot wait for each other. */
  readonly level: number;
  lowered?: ReadonlyMap<Tensor, Tensor>;
}

/**
 * The loops of a graph: all results of one run are lowered when the first of them is met, and with it every run of the same body
 * and level. So both directions of a net are one dispatch.
 */
export class Families {
  private readonly families = new Map<string, Family>();
  private readonly levels = new Map<Tensor, number>();

  constructor(
    roots: readonly Tensor[],
    private readonly target: Target,
    private readonly lowerAll: (tensors: readonly Tensor[]) => Tensor[],
  ) {
    for (const node of topological(roots)) {
      const family = this.add(node);
      const below = Math.max(0, ...inputsOf(node).map((input) => this.levels.get(input)!));
      this.levels.set(node, family ? family.level : below);
    }
  }

  /** What stands for a result of a loop. */
  lower(node: Tensor): Tensor {
    const family = this.add(node)!;
    if (!family.lowered) this.lowerRun(family);
    return family.lowered!.get(node)!;
  }

  private add(node: Tensor): Family | undefined {
    const isLoop = node.source.kind === 'op' && node.source.op.lowering.kind === 'scan';
    const key = isLoop ? familyKey(node.source as Parameters<typeof familyKey>[0]) : undefined;
    if (key === undefined) return undefined;
    const level = 1 + Math.max(0, ...inputsOf(node).map((input) => this.levels.get(input) ?? 0));
    const family = this.families.get(key) ?? { members: [], level };
    if (!family.members.includes(node)) family.members.push(node);
    this.families.set(key, family);
    return family;
  }

  private lowerRun(family: Family): void {
    const key = twinKey(family);
    const group = [...this.families.values()].filter((other) => !other.lowered && twinKey(other) === key);
    const runs = group.map(({ members }) => runOf(members, this.lowerAll(inputsOf(members[0]))));
    const together = runs.length > 1 ? lowerRuns(runs, this.target) : undefined;
    const results = together ?? runs.map((run) => lowerRuns([run], this.target)![0]);
    group.forEach((twin, i) => (twin.lowered = new Map(twin.members.map((member, k) => [member, results[i][k]]))));
  }
}

const inputsOf = ({ source }: Tensor): readonly Tensor[] => (source.kind === 'op' ? source.inputs : []);

const attrsOf = ({ source }: Tensor): ScanAttrs => (source as unknown as { attrs: ScanAttrs }).attrs;

/** Equal for runs that can be one dispatch: of one body and level, asked for the same streams. */
function twinKey({ members, level }: Family): string {
  const streams = members.map((member) => Object.values(attrsOf(member).stream).join()).sort();
  return `${level}|${streams.join(';')}|${attrsOf(members[0]).program.structure}`;
}

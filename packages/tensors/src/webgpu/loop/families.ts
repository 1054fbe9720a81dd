import { topological } from '../../graph';
import { familyKey } from '../../op';
import type { ScanAttrs } from '../../scan/op';
import type { Tensor } from '../../tensor';
import type { Target } from './layout';
import { lowerRuns, type Run, runOf } from './lower';

interface Family {
  readonly members: Tensor[];
  isBegun: boolean;
  lowered?: ReadonlyMap<Tensor, Tensor>;
}

/**
 * The loops of a graph: all results of one run are lowered when the first of them is met, and with it every run of the same
 * body that does not wait for it. So both directions of a net are one dispatch.
 */
export class Families {
  private readonly families = new Map<string, Family>();

  constructor(
    roots: readonly Tensor[],
    private readonly target: Target,
    private readonly lowerAll: (tensors: readonly Tensor[]) => Tensor[],
  ) {
    for (const node of topological(roots)) this.add(node);
  }

  /** What stands for a result of a loop. */
  lower(node: Tensor): Tensor {
    const family = this.add(node)!;
    if (!family.lowered) this.lowerRun(family);
    return family.lowered!.get(node)!;
  }

  private add(node: Tensor): Family | undefined {
    const key = node.source.kind === 'op' ? familyKey(node.source) : undefined;
    if (key === undefined) return undefined;
    const family = this.families.get(key) ?? { members: [], isBegun: false };
    if (!family.members.includes(node)) family.members.push(node);
    this.families.set(key, family);
    return family;
  }

  private lowerRun(family: Family): void {
    family.isBegun = true;
    const group = [family, ...this.twinsOf(family)];
    for (const twin of group) twin.isBegun = true;
    const runs = group.map((twin) => this.runOf(twin));
    const together = runs.length > 1 ? lowerRuns(runs, this.target) : undefined;
    const results = together ?? runs.map((run) => lowerRuns([run], this.target)![0]);
    group.forEach((twin, i) => (twin.lowered = new Map(twin.members.map((member, k) => [member, results[i][k]]))));
  }

  private runOf({ members }: Family): Run {
    return runOf(members, this.lowerAll(inputsOf(members[0])));
  }

  /** Runs of the same body that wait for none of the runs that are being lowered. */
  private twinsOf(family: Family): Family[] {
    const structure = structureOf(family);
    const twins: Family[] = [];
    for (const other of this.families.values()) {
      if (other.isBegun || structureOf(other) !== structure) continue;
      const begun = new Set([...this.families.values(), ...twins].filter((f) => f.isBegun && !f.lowered));
      for (const twin of twins) begun.add(twin);
      const above = new Set(topological(inputsOf(other.members[0])));
      if (![...begun].some(({ members }) => members.some((member) => above.has(member)))) twins.push(other);
    }
    return twins;
  }
}

const inputsOf = ({ source }: Tensor): readonly Tensor[] => (source.kind === 'op' ? source.inputs : []);

const structureOf = ({ members: [{ source }] }: Family): string =>
  (source as unknown as { attrs: ScanAttrs }).attrs.program.structure;

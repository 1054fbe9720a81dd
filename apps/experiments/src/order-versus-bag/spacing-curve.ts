import { simulateLetters } from '@hairpin/bio';
import { lineChart, type Point, spacingScan } from '@hairpin/interpret';
import type { Context } from './experiment';
import { lettersOf, motifsOf } from './tasks';
import { kinds, type TwoMotifNet, type Kind } from './two-motif-net';

/** What both nets say where the second motif stands at each distance from the first. */
export async function showSpacing(context: Context, nets: Readonly<Record<Kind, TwoMotifNet>>): Promise<void> {
  const { report, phase } = context;
  phase('asking at all distances');
  const series = [];
  for (const kind of kinds) series.push({ name: kind, points: await answers(context, nets[kind]) });
  report.heading('What they make of the distance');
  report.figure(
    lineChart({
      ...{ series, x: { name: 'letters between the motifs' }, y: { name: 'logit' }, width: 720 },
      title: 'What two motifs add to the logit, by the letters between them',
      description:
        'Change of the logit by two motifs in random letters, by the letters between them, one line for each net',
    }),
    'Both motifs, the first on the left, written into random letters: the change of the logit. Trained to know one distance.',
  );
}

async function answers({ rng, options, signal }: Context, net: TwoMotifNet): Promise<Point[]> {
  const [first, second] = motifsOf(options);
  const own = rng.fork('backgrounds');
  const x = lettersOf(Array.from({ length: 16 }, () => simulateLetters(options.length, own)));
  const { joint, gaps } = await spacingScan((letters) => net.forward(letters), x, { first, second, signal });
  return gaps.map((gap, i) => [gap, joint.mean[i]]); // the first order and pair of strands come first
}

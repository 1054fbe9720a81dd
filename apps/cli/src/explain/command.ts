import {
  type AlphabetName,
  alphabets,
  type ExplainedSequence,
  explainSequences,
  type ExplanationMethod,
  explanationPage,
  readSequences,
  type TrainedCard,
} from '@hairpin/experiments';
import type { OutputFolder } from '../files/output-folder';
import { inputs, nameOfInput } from '../files/read-input';
import { intoFolder } from '../into-folder';
import { openModel } from '../models/open-model';
import type { Narrator } from '../narrator';
import { runFacts } from '../run-facts';
import { sayResult } from '../say-result';
import { withDevice } from '../with-device';
import { contributionsArrays, contributionsTable } from './contributions';

/** The options of `hairpin explain`, as the command line gives them. */
export interface ExplainFlags {
  readonly method: ExplanationMethod;
  readonly references: number;
  readonly shown: number;
  readonly seed: number;
  readonly out: string;
  readonly device?: 'webgpu' | 'cpu';
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Explains sequences and writes a page, a table and arrays: all of them, or none and an error. */
export async function explainCommand(path: string, from: string, flags: ExplainFlags): Promise<void> {
  await intoFolder(flags.out, flags, async ({ folder, teller, signal }) => {
    const { explained, card } = await explanationsOf(path, from, flags, { teller, signal });
    const { method, shown } = flags;
    const files = {
      'report.html': explanationPage(explained, { card, method, shown, run: runFacts() }),
      'contributions.tsv': contributionsTable(explained),
      'contributions.npz': contributionsArrays(explained, alphabets[card.alphabet].letters.length),
    };
    await folder.write(files);
    teller.end();
    show(explained, flags, folder);
  });
}

/** The model's own alphabet reads the sequences. */
function explanationsOf(
  path: string,
  from: string,
  { device: kind, method, references, seed }: ExplainFlags,
  { teller, signal }: { teller: Narrator; signal: AbortSignal },
): Promise<{ explained: ExplainedSequence[]; card: TrainedCard }> {
  return withDevice(kind, async (device) => {
    const { model, card } = await openModel(path);
    const alphabet: AlphabetName = card.alphabet;
    const sequences = await readSequences(await inputs.open(from), { source: nameOfInput(from), alphabet });
    teller.say((await device.backend()).label);
    teller.say(`explaining ${sequences.length} sequences`);
    const onProgress = (steps: { done: number; total: number }) => teller.tell({ kind: 'steps', ...steps });
    return {
      card,
      explained: await explainSequences(model, sequences, { method, references, seed, signal, onProgress }),
    };
  });
}

function show(explained: readonly ExplainedSequence[], flags: ExplainFlags, folder: OutputFolder): void {
  const { method } = flags;
  const report = folder.file('report.html');
  const text = `${explained.length} sequences explained by ${method}\nreport ${report}`;
  const sequences = explained.map(({ id, output, reference }) => ({ id, output, reference }));
  sayResult(text, { method, sequences, report }, flags);
}

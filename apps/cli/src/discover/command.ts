import { discover, type DiscoverOptions, type DiscoverResult } from '@hairpin/experiments';
import type { Device } from '@hairpin/tensors';
import { fileStore } from '../files/file-store';
import { Interrupted } from '../interrupt';
import { intoFolder, type Surroundings } from '../into-folder';
import { runFacts } from '../run-facts';
import { sayResult } from '../say-result';
import { withDevice } from '../with-device';
import { asJson, summary } from './summary';

/** The options of `hairpin discover`, as the command line gives them. */
export interface DiscoverFlags extends Pick<DiscoverOptions, 'negatives' | 'holdOut' | 'seed' | 'epochs'> {
  readonly out: string;
  readonly device?: 'webgpu' | 'cpu';
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const CHECKPOINT = 'checkpoint.safetensors';

/** Runs the job and writes its files: all of them, or none and an error. */
export async function discoverCommand(peaks: string | undefined, flags: DiscoverFlags): Promise<void> {
  await intoFolder(flags.out, flags, async (surroundings) => {
    const { folder, teller } = surroundings;
    const result = await run(peaks, flags, surroundings);
    await folder.write(result.files);
    await folder.remove(CHECKPOINT);
    teller.end();
    const report = folder.file('report.html');
    sayResult(summary(result, report), asJson(result, report), flags);
  });
}

function run(peaks: string | undefined, flags: DiscoverFlags, surroundings: Surroundings): Promise<DiscoverResult> {
  return withDevice(flags.device, async (device) => {
    surroundings.teller.say((await device.backend()).label);
    return runOn(device, peaks, flags, surroundings);
  });
}

async function runOn(
  device: Device,
  peaks: string | undefined,
  flags: DiscoverFlags,
  { folder, teller, signal }: Surroundings,
) {
  const { negatives, holdOut, seed, epochs } = flags;
  const options = { negatives, seed, ...(peaks && { peaks }), ...(holdOut && { holdOut }), ...(epochs && { epochs }) };
  let saved = 0;
  const onCheckpoint = async (bytes: Uint8Array) => {
    await folder.write({ [CHECKPOINT]: bytes });
    saved++;
  };
  try {
    const context = { data: fileStore, device, signal, onCheckpoint, run: runFacts(), onEvent: teller.tell };
    return await discover(options, context);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    const left =
      saved > 0 ? `the weights of epoch ${saved} are in ${folder.file(CHECKPOINT)}` : 'no epoch was over yet';
    throw new Interrupted(`interrupted; ${left}`);
  }
}

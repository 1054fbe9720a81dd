import { Absent } from '../harness/benchmark';

/** Rejects with `Absent` where a package cannot be imported from here: for peers that are bundled before they are started. */
export async function assertInstalled(name: string): Promise<void> {
  try {
    import.meta.resolve(name);
  } catch {
    throw new Absent(`${name} is not installed`);
  }
}

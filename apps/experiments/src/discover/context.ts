import type { FileStore, JobContext } from '../frame/job';

/** All that the main job needs beside its options, which are JSON. */
export interface DiscoverContext extends Omit<JobContext, 'data'> {
  readonly data: FileStore;
  /** Called with a safetensors file after each epoch, and awaited. */
  readonly onCheckpoint?: (bytes: Uint8Array) => Promise<void>;
}

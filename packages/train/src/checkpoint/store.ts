/** Where the checkpoints of a run are kept. */
export interface CheckpointStore {
  /** A name for people, such as a path. */
  readonly name: string;
  /** Keeps these bytes in place of those before, which stay until these are durable. */
  save(bytes: Uint8Array): Promise<void>;
  /** What was last saved whole; undefined where nothing was. */
  load(): Promise<Uint8Array | undefined>;
}

/** Keeps the last checkpoint in memory: for a page that offers it as a download, and for tests. */
export function memoryStore(bytes?: Uint8Array): CheckpointStore {
  let kept = bytes;
  return {
    name: 'a checkpoint in memory',
    save: async (saved) => void (kept = saved),
    load: async () => kept,
  };
}

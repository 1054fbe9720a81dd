/** What is known of an epoch when it is over. */
export interface EpochRecord {
  readonly epoch: number;
  /** Mean training loss, while the weights moved. */
  readonly train: number;
  /** What was measured on examples kept apart; the loss where `validate` gives one number. */
  readonly validation?: number;
  /** Everything that `validate` measured, by name. */
  readonly metrics?: Readonly<Record<string, number>>;
  /** Seconds since training began, over all sittings. */
  readonly seconds: number;
}

/** A history as a table: one line for each epoch, one column for each number; a number that is missing is left empty. */
export function historyAsCsv(history: readonly EpochRecord[]): string {
  const metrics = [...new Set(history.flatMap((record) => Object.keys(record.metrics ?? {})))];
  const header = ['epoch', 'train', 'validation', ...metrics, 'seconds'];
  const rows = history.map(({ epoch, train, validation, metrics: own, seconds }) =>
    [epoch, train, validation, ...metrics.map((name) => own?.[name]), seconds].map((value) => value ?? ''),
  );
  return [header.map(quoted), ...rows].map((row) => `${row.join(',')}\n`).join('');
}

/** As RFC 4180 has it. */
const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

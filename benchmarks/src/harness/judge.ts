import type { Bar } from './benchmark';
import type { Judged, Result } from './result';
import { digits } from './table';

/** Holds a bar against the lines of its case. */
export function judge(bar: Bar, name: string, results: readonly Result[]): Judged {
  const cost = (system: string) =>
    costOf(
      bar,
      results.find((line) => line.system === system),
    );
  const [of, over] = [cost(bar.of), bar.over === undefined ? 1 : cost(bar.over)];
  if (of === undefined || over === undefined) return { ...bar, case: name, value: null, isMet: null };
  const { atLeast = 0, atMost = Infinity } = bar;
  const value = of / over;
  return { ...bar, case: name, value, isMet: value >= atLeast && value <= atMost };
}

/** A median, or one divided by the operations in a turn. */
function costOf({ per }: Bar, line: Result | undefined): number | undefined {
  if (line === undefined || per === undefined) return line?.median;
  return line.gflops === undefined ? undefined : 1 / line.gflops;
}

/** A bar as a sentence. */
export function asSentence({ case: name, of, over, per, atLeast, atMost, value, isMet }: Judged): string {
  const unit = over === undefined ? ' ms' : '';
  const bounds = [
    atLeast !== undefined && `at least ${atLeast}${unit}`,
    atMost !== undefined && `at most ${atMost}${unit}`,
  ];
  const asked = `asked ${bounds.filter(Boolean).join(', ')}`;
  const time = per === undefined ? 'time' : `time per ${per}`;
  const what = `${name}: ${time} of ${of}${over === undefined ? '' : ` over ${over}`}`;
  if (value === null) return `${what}: not measured, ${asked}`;
  return `${what}: ${digits(value)}${unit || '×'}, ${asked}: ${isMet ? 'met' : 'missed'}`;
}

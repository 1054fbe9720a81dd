import { InvalidArgumentError, Option } from 'commander';

/** Options that several commands have: each is described once, here. */
export const deviceOption = (): Option => new Option('--device <kind>', 'where to compute').choices(['webgpu', 'cpu']);
/** What is random follows from it. */
export const seedOption = (): Option =>
  new Option('--seed <n>', 'what is random follows from it').argParser(wholeFrom(0)).default(1);
/** For programs that read what a command says. */
export const jsonOption = (): Option => new Option('--json', 'one JSON object as the last line of stdout');
/** For those who know what they do. */
export const quietOption = (): Option => new Option('--quiet', 'say nothing but errors and the result');
/** How large an experiment is run. */
export const sizeOption = (): Option =>
  new Option('--size <size>', 'seconds with weaker bounds, or what counts').choices(['quick', 'full']).default('full');
/** Where a table or text goes that else is printed. */
export const outFileOption = (): Option => new Option('--out <file>', 'write there instead of to stdout');

/** Values of an option that may be given several times. */
export const collect = (value: string, before: readonly string[]): string[] => [...before, value];

/** Names with commas between. */
export function listOf(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.every((name) => name !== '')) return names;
  throw new InvalidArgumentError('Expected names with commas between, as in chr10,chr11.');
}

/** A whole number of at least this. */
export const wholeFrom =
  (least: number) =>
  (text: string): number => {
    const n = Number(text);
    if (/^\d+$/.test(text) && n >= least && Number.isSafeInteger(n)) return n;
    throw new InvalidArgumentError(`Expected a whole number from ${least}.`);
  };

/** A number from one to another, both included. */
export const numberWithin =
  (least: number, most: number) =>
  (text: string): number => {
    const n = Number(text);
    if (text.trim() !== '' && n >= least && n <= most) return n;
    throw new InvalidArgumentError(`Expected a number from ${least} to ${most}.`);
  };

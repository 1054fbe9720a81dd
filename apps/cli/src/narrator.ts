import type { ExperimentEvent } from '@hairpin/experiments';
import { Presets, SingleBar } from 'cli-progress';

/** Tells a person on stderr how a run goes. */
export interface Narrator {
  tell(event: ExperimentEvent): void;
  say(text: string): void;
  /** Leaves the terminal as it was. */
  end(): void;
}

/** A bar on a terminal, plain lines elsewhere, nothing if quiet. */
export function narrator({ quiet = false }: { quiet?: boolean }): Narrator {
  if (quiet) return silent;
  return process.stderr.isTTY ? withBar() : inLines;
}

const silent: Narrator = { tell: () => undefined, say: () => undefined, end: () => undefined };

const writeLine = (text: string): void => void process.stderr.write(`${text}\n`);

const inLines: Narrator = {
  tell(event) {
    if (event.kind === 'phase' || event.kind === 'note') writeLine(event.text);
    if (event.kind === 'epoch') writeLine(epochLine(event));
  },
  say: writeLine,
  end: () => undefined,
};

const epochLine = ({ epoch, epochs, train, validation }: Extract<ExperimentEvent, { kind: 'epoch' }>): string =>
  `epoch ${epoch}/${epochs}: loss ${train.toFixed(4)}, validation ${validation.toFixed(4)}`;

/** One bar for each part of the work; lines are written above it. */
function withBar(): Narrator {
  const format = '{bar} {percentage} % | {says} | {eta_formatted} left';
  const bar = new SingleBar(
    { format, stream: process.stderr, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  let validation = '–';
  const say = (text: string) => {
    bar.stop();
    writeLine(text);
  };
  const show = (done: number, total: number, says: string) => {
    if (!bar.isActive) bar.start(total, 0, { says });
    bar.setTotal(total);
    bar.update(done, { says });
  };
  return {
    tell(event) {
      if (event.kind === 'phase' || event.kind === 'note') say(event.text);
      if (event.kind === 'epoch') validation = event.validation.toFixed(4);
      if (event.kind === 'steps')
        show(event.done, event.total, event.loss === undefined ? '' : `loss ${event.loss.toFixed(4)}`);
      if (event.kind !== 'progress') return;
      const { epoch, epochs, step, steps = step, loss } = event.progress;
      const says = `epoch ${epoch}/${epochs} | loss ${loss.toFixed(4)} | validation ${validation}`;
      show((epoch - 1) * steps + step, epochs * steps, says);
    },
    say,
    end: () => bar.stop(),
  };
}

import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from '../fit';
import type { EpochRecord } from '../history';

/** Callbacks for `fit`, and what to call when it is over. */
export interface TerminalProgress {
  onProgress(progress: Progress): void;
  onEpoch(record: EpochRecord): void;
  /** Leaves the terminal as it was; call it however the run ended. */
  end(): void;
}

const format = '{bar} {percentage} % | epoch {epoch} | loss {loss} | {rate} batches/s | {left} left';

/**
 * Tells a person how a run goes: a bar with rate, time left and loss on a terminal, and a line for each epoch; lines alone where the
 * stream is a file.
 * @param stream where to write, stderr unless said
 */
export function terminalProgress(stream: NodeJS.WriteStream = process.stderr): TerminalProgress {
  const bar = new SingleBar({ format, stream, hideCursor: true, clearOnComplete: true }, Presets.shades_classic);
  return {
    onProgress({ epoch, epochs, step, steps = step, loss, rate, remaining }) {
      if (!stream.isTTY) return;
      const payload = {
        epoch: `${epoch}/${epochs}`,
        loss: loss.toPrecision(4),
        rate: rate.toPrecision(3),
        left: asTime(remaining),
      };
      if (!bar.isActive) bar.start(epochs * steps, 0, payload);
      bar.update((epoch - 1) * steps + step, payload);
    },
    onEpoch(record) {
      bar.stop(); // the line stands above the bar, which the next event draws anew
      stream.write(`${epochLine(record)}\n`);
    },
    end: () => bar.stop(),
  };
}

function epochLine({ epoch, train, validation, metrics = {}, seconds }: EpochRecord): string {
  const measured = { ...(validation !== undefined && { validation }), ...metrics };
  const numbers = Object.entries(measured).map(([name, value]) => `, ${name} ${value.toPrecision(4)}`);
  return `epoch ${epoch}: loss ${train.toPrecision(4)}${numbers.join('')}, ${asTime(seconds)}`;
}

function asTime(seconds: number | undefined): string {
  if (seconds === undefined || !Number.isFinite(seconds)) return '?';
  const whole = Math.round(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h > 0 ? `${h} h ${m} min` : m > 0 ? `${m} min ${s} s` : `${s} s`;
}

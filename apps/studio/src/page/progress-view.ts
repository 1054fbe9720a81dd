import { type ExperimentEvent, formatNumber } from '@hairpin/experiments';
import { make } from './element';
import { lossChart } from './loss-chart';
import { LossTrack } from './loss-track';
import { clock } from './words';

type Steps = Extract<ExperimentEvent, { kind: 'steps' }>;

/** How a run goes: its parts, how far the last one is, the loss as it falls, and what is worth knowing. */
export class ProgressView {
  readonly #device = make('p', { className: 'device' }, 'Opening the device…');
  readonly #time = make('span', { className: 'time' }, clock(0));
  readonly #parts = make('ol', { className: 'parts', ariaLive: 'polite' });
  readonly #bar = make('progress', { max: 1, ariaLabel: 'How far this part is' });
  readonly #steps = make('p', { className: 'steps' });
  readonly #chart = make('div', { className: 'chart' });
  readonly #notes = make('div', { className: 'notes' });
  readonly #tracks: LossTrack[] = [];
  readonly #startedAt = performance.now();
  readonly #clock = setInterval(() => (this.#time.textContent = clock(this.#seconds())), 500);
  #partAt = performance.now();
  #part?: HTMLElement;
  #name = 'loss';
  #isDrawing = false;
  readonly element: HTMLElement;

  constructor() {
    const above = make('div', { className: 'above' }, this.#device, this.#time);
    const now = make('div', { className: 'now' }, this.#bar, this.#steps);
    this.element = make('div', { className: 'progress' }, above, this.#notes, this.#parts, now, this.#chart);
  }

  /** Says what computes. */
  device(says: string): void {
    this.#device.textContent = says;
  }

  /** Shows what the run tells. */
  tell(event: ExperimentEvent): void {
    if (event.kind === 'phase') this.#begin(event.text);
    if (event.kind === 'note') this.#notes.append(make('p', { className: 'note' }, event.text));
    if (event.kind === 'steps') this.#step(event);
  }

  /** Stops the clock, and leaves what was seen. */
  end(): void {
    clearInterval(this.#clock);
    this.#time.textContent = clock(this.#seconds());
    this.#finishPart();
    this.#bar.value = 1;
    this.element.classList.add('has-ended');
  }

  #begin(name: string): void {
    this.#finishPart();
    this.#name = name;
    this.#partAt = performance.now();
    this.#part = make('li', { className: 'is-now' }, make('span', {}, name));
    this.#parts.append(this.#part);
    this.#parts.scrollTop = this.#parts.scrollHeight;
    this.#bar.removeAttribute('value'); // how far it is, is not known yet
    this.#steps.textContent = '';
  }

  #finishPart(): void {
    this.#part?.classList.remove('is-now');
    this.#part?.append(make('span', { className: 'took' }, clock((performance.now() - this.#partAt) / 1000)));
    this.#part = undefined;
  }

  #step({ done, total, loss }: Steps): void {
    this.#bar.value = done / Math.max(total, 1);
    const told = loss === undefined ? '' : ` · loss ${formatNumber(loss)}`;
    this.#steps.textContent = `${formatNumber(done)} of ${formatNumber(total)}${told}`;
    if (loss === undefined || !Number.isFinite(loss)) return;
    this.#trackFor(done, total).add(done, loss);
    this.#drawSoon();
  }

  /** A part that begins to count anew trains something else. */
  #trackFor(done: number, total: number): LossTrack {
    const last = this.#tracks.at(-1);
    if (last && last.name === this.#name && last.total === total && last.last <= done) return last;
    this.#tracks.push(new LossTrack(this.#name, total));
    return this.#tracks.at(-1)!;
  }

  #drawSoon(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    requestAnimationFrame(() => {
      this.#isDrawing = false;
      const width = Math.min(704, Math.max(300, this.#chart.clientWidth));
      this.#chart.innerHTML = lossChart(this.#tracks, width); // a picture of ours, whose texts are escaped
    });
  }

  #seconds(): number {
    return (performance.now() - this.#startedAt) / 1000;
  }
}

import type { Experiment, ExperimentResult } from '@hairpin/experiments';
import { version } from '@hairpin/experiments/package.json';
import { commandOf } from './command';
import { dataSets } from './data-sets';
import { make } from './element';
import { type Job, startJob } from './job';
import { PickedFiles } from './picked-files';
import { ProgressView } from './progress-view';
import { reportView } from './report-view';
import { type Chosen, Setup } from './setup';
import { paragraph, sentence } from './words';

/** How it stands with an experiment in this page, in a word or two for the list; empty before its first run. */
export type Standing = string;

/** An experiment: what it asks, how it is to run, how that goes and what it found. It stays as it is while others are looked at. */
export class ExperimentView {
  readonly element: HTMLElement;
  readonly heading: HTMLElement;
  readonly #files = new PickedFiles();
  readonly #button = make('button', { type: 'submit', className: 'primary' }, 'Run');
  readonly #stop = make('button', { type: 'button' }, 'Stop');
  readonly #setup: Setup;
  readonly #run = make('section', { className: 'run', hidden: true });
  #job?: Job;

  constructor(
    readonly experiment: Experiment,
    readonly onStanding: (standing: Standing) => void,
  ) {
    this.#setup = new Setup(experiment, this.#files, this.#button);
    this.heading = make('h1', { tabIndex: -1 }, experiment.question);
    this.element = make('article', {}, ...introduction(experiment, this.heading), this.#setup.element, this.#run);
    if (experiment.datasets?.length) this.#setup.element.before(dataSets(experiment.datasets));
    this.#setup.element.addEventListener('submit', (event) => {
      event.preventDefault();
      const chosen = this.#setup.read();
      if (chosen && !this.#job) this.#start(chosen);
    });
  }

  #start({ settings, device }: Chosen): void {
    const { name } = this.experiment;
    const progress = new ProgressView();
    const title = make('h2', { tabIndex: -1 }, 'Running');
    this.#run.replaceChildren(title, progress.element, make('div', { className: 'actions' }, this.#stop));
    this.#setRunning(true);
    this.#run.scrollIntoView({ block: 'start' });
    const facts = { command: commandOf(name, settings, device), version, date: new Date().toISOString().slice(0, 10) };
    const end = (text: string, ...content: Node[]) => {
      progress.end();
      title.textContent = text;
      this.#run.replaceChildren(title, ...content, wayThere(progress));
      this.#setRunning(false);
      title.focus({ preventScroll: true });
      this.onStanding(text.toLowerCase());
    };
    this.#job = startJob({ experiment: name, settings, device, files: this.#files.all(), facts }, (message) => {
      if (message.kind === 'device') progress.device(message.says);
      if (message.kind === 'event') progress.tell(message.event);
      if (message.kind === 'failed') end('Failed', failure(message.message));
      if (message.kind === 'result') end(verdict(message.result), reportView(message.result));
    });
    this.#stop.onclick = () => {
      this.#job?.stop();
      end('Stopped');
    };
  }

  #setRunning(isRunning: boolean): void {
    if (!isRunning) this.#job = undefined;
    this.#run.hidden = false;
    this.#button.disabled = isRunning;
    this.#button.textContent = isRunning ? 'Running…' : 'Run again';
    if (isRunning) this.onStanding('running');
  }
}

function introduction({ name, rows, biology, equation }: Experiment, heading: HTMLElement): HTMLElement[] {
  const kicker = `${name} · answers ${rows.length === 1 ? 'row' : 'rows'} ${rows.join(', ')}`;
  return [
    make('p', { className: 'kicker' }, kicker),
    heading,
    make('p', {}, paragraph(biology)),
    make('pre', {}, equation),
  ];
}

const failure = (message: string): HTMLElement => make('p', { className: 'note', role: 'alert' }, sentence(message));

function verdict({ numbers }: ExperimentResult): string {
  const judged = numbers.filter(({ pass }) => pass !== null);
  return `${judged.filter(({ pass }) => pass).length} of ${judged.length} as they should be`;
}

/** What was seen on the way, for who wants to look at it again. */
const wayThere = (progress: ProgressView): HTMLElement =>
  make('details', {}, make('summary', {}, 'How it went'), progress.element);

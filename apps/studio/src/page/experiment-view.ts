import type { Experiment, ExperimentResult } from '@hairpin/experiments';
import { version } from '@hairpin/experiments/package.json';
import type { RunRequest, WorkerMessage } from '../protocol';
import { commandOf } from './command';
import { dataSets } from './data-sets';
import { make } from './element';
import { type Job, startJob } from './job';
import { PickedFiles } from './picked-files';
import { ProgressView } from './progress-view';
import { reportView } from './report-view';
import { type Chosen, Setup } from './setup';
import { paragraph, sentence } from './words';

/** An experiment: what it asks, how it is to run, how that goes and what it found. It stays as it is while others are looked at. */
export class ExperimentView {
  readonly element: HTMLElement;
  readonly heading: HTMLElement;
  readonly #files = new PickedFiles();
  readonly #begin = make('button', { type: 'submit', className: 'primary' }, 'Run');
  readonly #stop = make('button', { type: 'button' }, 'Stop');
  readonly #title = make('h2', { tabIndex: -1 });
  readonly #run = make('section', { className: 'run', hidden: true });
  #progress?: ProgressView;
  #job?: Job;

  /** @param onStanding hears how it stands with the experiment, in a few words for the list */
  constructor(
    readonly experiment: Experiment,
    readonly onStanding: (standing: string) => void,
  ) {
    const setup = new Setup(experiment, this.#files, this.#begin);
    const { datasets = [] } = experiment;
    const data = datasets.length > 0 ? dataSets(datasets) : undefined;
    this.heading = make('h1', { tabIndex: -1 }, experiment.question);
    this.element = make('article', {}, ...introduction(experiment, this.heading), data, setup.element, this.#run);
    this.#stop.addEventListener('click', () => this.#end('Stopped'));
    setup.element.addEventListener('submit', (event) => {
      event.preventDefault();
      const chosen = this.#job ? undefined : setup.read();
      if (chosen) this.#start(chosen);
    });
  }

  #start(chosen: Chosen): void {
    this.#progress = new ProgressView();
    this.#show('Running', this.#progress.element, make('div', { className: 'actions' }, this.#stop));
    this.#showButton('Running…', false);
    this.#run.scrollIntoView({ block: 'start' });
    this.#job = startJob(this.#request(chosen), (message) => this.#hear(message));
  }

  #request({ settings, device }: Chosen): RunRequest {
    const { name } = this.experiment;
    const facts = { command: commandOf(name, settings, device), version, date: new Date().toISOString().slice(0, 10) };
    return { experiment: name, settings, device, files: this.#files.all(), facts };
  }

  #hear(message: WorkerMessage): void {
    if (message.kind === 'device') this.#progress?.device(message.says);
    if (message.kind === 'event') this.#progress?.tell(message.event);
    if (message.kind === 'failed') this.#end('Failed', failure(message.message));
    if (message.kind === 'result') this.#end(verdict(message.result), reportView(message.result));
  }

  #end(text: string, ...content: Node[]): void {
    this.#job?.stop();
    this.#job = undefined;
    this.#progress?.end();
    const isWatching = [document.body, this.#stop].includes(document.activeElement as HTMLElement);
    this.#show(text, ...content, ...(this.#progress ? [wayThere(this.#progress)] : []));
    this.#showButton('Run again', true);
    if (isWatching) this.#title.focus({ preventScroll: true }); // who writes elsewhere by now goes on writing
  }

  #show(title: string, ...content: Node[]): void {
    this.#title.textContent = title;
    this.#run.replaceChildren(this.#title, ...content);
    this.#run.hidden = false;
    this.onStanding(title.toLowerCase());
  }

  #showButton(text: string, isEnabled: boolean): void {
    this.#begin.textContent = text;
    this.#begin.disabled = !isEnabled;
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

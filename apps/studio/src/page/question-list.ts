import type { Experiment } from '@hairpin/experiments';
import { make } from './element';
import { answers } from './search';

/** All experiments by the question that they answer, with a search above them. */
export class QuestionList {
  readonly element: HTMLElement;
  readonly #search = make('input', { type: 'search', placeholder: 'Search', ariaLabel: 'Search the questions' });
  readonly #nothing = make('p', { className: 'nothing', role: 'status' });
  readonly #items: readonly Item[];

  constructor(experiments: readonly Experiment[]) {
    this.#items = experiments.map(itemOf);
    this.#search.addEventListener('input', () => this.#show(this.#search.value));
    const list = make('ul', {}, ...this.#items.map(({ element }) => element));
    this.element = make('nav', { ariaLabel: 'Questions' }, this.#search, this.#nothing, list);
  }

  /** Marks the experiment that is being looked at. */
  choose(name: string | undefined): void {
    for (const { experiment, link } of this.#items)
      if (experiment.name === name) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
  }

  /** Says how it stands with an experiment. */
  setStanding(name: string, standing: string): void {
    const item = this.#items.find(({ experiment }) => experiment.name === name);
    if (item) item.standing.textContent = standing;
  }

  #show(query: string): void {
    for (const { experiment, element } of this.#items) element.hidden = !answers(experiment, query);
    const isEmpty = this.#items.every(({ element }) => element.hidden);
    this.#nothing.textContent = isEmpty ? `No question speaks of “${query.trim()}”.` : '';
  }
}

interface Item {
  readonly experiment: Experiment;
  readonly element: HTMLElement;
  readonly link: HTMLElement;
  readonly standing: HTMLElement;
}

function itemOf(experiment: Experiment): Item {
  const { name, question } = experiment;
  const standing = make('span', { className: 'standing' });
  const below = make('span', { className: 'below' }, make('span', {}, name), standing);
  const link = make('a', { href: `#${name}` }, make('span', { className: 'question' }, question), below);
  return { experiment, element: make('li', {}, link), link, standing };
}

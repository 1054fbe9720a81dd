import type { Experiment } from '@hairpin/experiments';
import { make } from './element';
import { ExperimentView } from './experiment-view';
import { QuestionList } from './question-list';
import { welcome } from './welcome';
import './style.css';

/** The page: questions on one side, on the other the one that the address names, as in #adding-problem. */
export function studio(experiments: readonly Experiment[]): void {
  const list = new QuestionList(experiments);
  const views = new Map<string, ExperimentView>();
  const main = make('main');
  const home = make('a', { href: '#', className: 'home' }, 'Hairpin studio');
  document.body.append(make('header', {}, home, list.element), main);

  const viewOf = (experiment: Experiment) => {
    const { name } = experiment;
    if (!views.has(name)) views.set(name, new ExperimentView(experiment, (text) => list.setStanding(name, text)));
    return views.get(name)!;
  };
  const show = () => {
    const chosen = experiments.find(({ name }) => name === location.hash.slice(1));
    const view = chosen && viewOf(chosen);
    document.body.classList.toggle('has-chosen', view !== undefined);
    document.title = view ? `${view.experiment.question} Hairpin studio` : 'Hairpin studio';
    list.choose(chosen?.name);
    main.replaceChildren(
      ...(view ? [make('a', { href: '#', className: 'back' }, '← All questions'), view.element] : [welcome()]),
    );
    scrollTo(0, 0);
    view?.heading.focus({ preventScroll: true });
  };
  addEventListener('hashchange', show);
  show();
}

import { make } from './element';

/** What stands beside the list before a question is chosen. */
export const welcome = (): HTMLElement =>
  make(
    'article',
    { className: 'welcome' },
    make('p', { className: 'kicker' }, 'Hairpin studio'),
    make('h1', {}, 'What would you ask a sequence?'),
    make(
      'p',
      { className: 'lede' },
      'Each question of the list is an experiment: data, a model, its training, and numbers beside what they should be.',
    ),
    make(
      'p',
      {},
      'Choose one and run it. It is computed in this page, on your GPU where the browser reaches it; nothing is sent anywhere. ' +
        'At the end there is a report to read and to keep.',
    ),
  );

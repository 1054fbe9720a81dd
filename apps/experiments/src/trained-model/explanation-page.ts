import { contributionHeights, logoRows } from '@hairpin/interpret';
import { formatNumber } from '../frame/format-number';
import type { RunFacts } from '../frame/job';
import { type Html, html } from '../page/html';
import { factsTable, figure, page, section } from '../page/page';
import { alphabets } from './alphabets';
import type { TrainedCard } from './card';
import type { ExplainedSequence, ExplanationMethod } from './explain-sequences';

/** What a page of explanations tells beside them. */
export interface ExplanationFacts {
  readonly card: TrainedCard;
  readonly method: ExplanationMethod;
  /** Sequences that are shown, at most. */
  readonly shown: number;
  readonly run?: RunFacts;
}

/** A self-contained page with a logo of each sequence: letters as tall as what they contribute. */
export function explanationPage(explained: readonly ExplainedSequence[], facts: ExplanationFacts): string {
  const { card, shown, run = {} } = facts;
  const kicker = ['hairpin explain', run.version, run.date].filter((part) => part !== undefined).join(' · ');
  const what = card.task.kind === 'classification' ? `the logit of ${card.task.labels[1]}` : 'the value';
  return page(
    'Which letters made the model say so',
    html`<header>
        <p class="kicker">${kicker}</p>
        <h1>Which letters made the model say so</h1>
        <p class="lede">${card.what}. Each letter is as tall as what it contributes to ${what}.</p>
      </header>
      <main>
        ${explained.slice(0, shown).map((one) => explanation(one, card))}
        ${section('What ran', factsOf(facts, explained.length), html`${run.command ? html`<pre>${run.command}</pre> ` : ''}`)}
      </main>`,
  );
}

const ROW = 80; // letters: what fits the column of text

/** Short sequences get wider letters, in pixels. */
const columnWidth = (length: number): number => Math.min(16, Math.max(8, (8 * ROW) / length));

function explanation({ id, sequence, contributions, output, reference }: ExplainedSequence, card: TrainedCard): Html {
  const { letters } = alphabets[card.alphabet];
  const read = card.alphabet === 'rna' ? sequence.toUpperCase().replaceAll('T', 'U') : sequence;
  const heights = contributionHeights(read, contributions, letters);
  const unit = card.task.kind === 'classification' ? 'logit' : 'value';
  const caption = `The model gives ${formatNumber(output)}, its references ${formatNumber(reference)} on average; the letters add up to the difference.`;
  return section(
    id,
    figure(
      logoRows(heights, {
        letters,
        unit,
        perRow: ROW,
        columnWidth: columnWidth(sequence.length),
        title: `What the letters of ${id} contribute`,
      }),
      html`${caption}`,
    ),
  );
}

const factsOf = ({ card, method }: ExplanationFacts, count: number): Html =>
  factsTable('Model and method', [
    ['Method', method],
    ['Sequences', String(count)],
    ['Architecture', card.architecture],
    ['Alphabet', alphabets[card.alphabet].name],
    ...Object.entries(card.metrics).map(([name, value]) => [`${name}, held out`, formatNumber(value)] as const),
  ]);

import { duration } from '../page/format';
import { type Html, html } from '../page/html';
import { factsTable, figure, numbersTable, page, section } from '../page/page';
import { formatNumber } from './format-number';
import { codeOf } from './code-of';
import type { Block, ReportedNumber } from './report';
import type { ExperimentResult } from './run-experiment';

/** What a run has found as one self-contained page of HTML: open it from anywhere, print it, attach it. */
export function experimentPage(result: ExperimentResult): string {
  return page(
    result.question,
    html`${header(result)}
      <main>${[measured(result), ...parts(result.blocks), background(result), repetition(result)]}</main>`,
  );
}

function header({ experiment, question, run, numbers, blocks, size }: ExperimentResult): Html {
  const kicker = [`hairpin run ${experiment}`, run.version, run.date].filter((part) => part !== undefined).join(' · ');
  const judged = numbers.filter(({ pass }) => pass !== null);
  const met = judged.filter(({ pass }) => pass).length;
  const quick = size === 'quick' ? ' This was a quick run: its bounds are weaker than those that count.' : '';
  return html`<header>
    <p class="kicker">${kicker}</p>
    <h1>${question}</h1>
    <p class="lede">${met} of ${judged.length} measured numbers are what they should be.${quick}</p>
    ${blocks.filter(({ kind }) => kind === 'note').map(asHtml)}
  </header> `;
}

function measured({ numbers, sources }: ExperimentResult): Html {
  const rows = numbers.map((number) => [number.name, valueOf(number), number.threshold ?? '–', verdict(number)]);
  return section(
    'What was measured',
    html`${sources.map((source) => html`<p>${source}</p>`)}`,
    numbersTable('Each number beside what it should be', ['', 'Measured', 'Should be', ''], rows),
  );
}

const valueOf = ({ value, unit }: ReportedNumber): string =>
  `${value === null ? 'not a number' : formatNumber(value)}${unit ? ` ${unit}` : ''}`;

function verdict({ pass, goal, reachesGoal }: ReportedNumber): string {
  const said = pass === null ? [] : [pass ? '✓' : '✗ missed'];
  return [...said, ...(goal ? [`goal ${goal} ${reachesGoal ? '✓' : 'not reached'}`] : [])].join(', ');
}

/** Blocks in their order, each heading with what stands below it. */
function parts(blocks: readonly Block[]): Html[] {
  const sections: { heading: string; content: Html[] }[] = [];
  for (const block of blocks) {
    if (block.kind === 'note') continue; // they stand at the top
    if (block.kind === 'heading') sections.push({ heading: block.text, content: [] });
    else {
      if (sections.length === 0) sections.push({ heading: 'What was found', content: [] });
      sections.at(-1)!.content.push(asHtml(block));
    }
  }
  return sections.map(({ heading, content }) => section(heading, ...content));
}

function asHtml(block: Block): Html {
  if (block.kind === 'figure') return figure(block.svg, html`${block.caption}`);
  if (block.kind === 'note') return html`<p class="note">${block.text}</p> `;
  if (block.kind !== 'table') return html`<p>${block.text}</p> `;
  const cell = (value: string | number) => (typeof value === 'number' ? formatNumber(value) : value);
  return numbersTable(
    block.caption,
    block.columns,
    block.rows.map((row) => row.map(cell)),
  );
}

const background = ({ biology, equation }: ExperimentResult): Html =>
  section(
    'The question',
    html`<p>${biology}</p>
      <pre>${equation}</pre> `,
  );

function repetition(result: ExperimentResult): Html {
  const { device, adapter, seed, size, seconds, options, run, rows } = result;
  const choices = Object.entries(options).map(([name, value]) => [name, String(value)] as const);
  const command = run.command ? html`<pre><code>${run.command}</code></pre> ` : '';
  return section(
    'To run it again',
    html`${command}
      <pre><code>${codeOf(result)}</code></pre> `,
    factsTable('What ran', [
      ['Device', device],
      ['Adapter', adapter],
      ['Time, start to end', duration(seconds)],
      ['Size', size],
      ['Seed', String(seed)],
      ...choices,
      ['Answers rows', rows.join(', ')],
    ]),
  );
}

import { type EpochLoss, informationHeights, logo, lossCurve, type Point, rocCurve } from '@hairpin/interpret';
import { count, duration, share } from '../page/format';
import { type Html, html } from '../page/html';
import { factsTable, figure, numbersTable, page, section } from '../page/page';

/** A measured value with the interval that holds it in 95 % of the bootstrap samples. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

/** A motif as the report shows it; `Motif` of `@hairpin/interpret` fits. */
export interface ReportedMotif {
  consensus: string;
  /** Rows positions, columns A C G T. */
  counts: readonly (readonly number[])[];
  informationBits: number;
  sites: number;
  /** A library's matrix that it resembles, or the planted one, with Pearson's correlation at the best place. */
  match?: { name: string; id?: string; similarity: number };
}

/** All that a run of `discover` has to tell, as plain values. */
export interface DiscoverReport {
  /** Heading of the page. */
  title: string;
  /** The command line that does the same again. */
  command: string;
  /** When it ran, as the reader should see it. */
  date?: string;
  /** Version of the program. */
  version?: string;
  /** webgpu or cpu. */
  device: string;
  /** Name of the adapter, or how many cores. */
  adapter: string;
  seed: number;
  data: {
    /** What was read, or how it was simulated. */
    source: string;
    isSimulated: boolean;
    /** Where the negatives came from. */
    negatives: string;
    /** What was held out. */
    heldOut: string;
    /** How many sequences each part had, the held-out part last. */
    parts: readonly { name: string; positives: number; negatives: number }[];
  };
  /** Measured on the held-out sequences. */
  auroc: Estimate;
  auprc: Estimate;
  /** What the matrix that the sites were drawn from reaches, where it is known. */
  trueMatrixAuroc: number | null;
  /** [false positive rate, true positive rate], from (0, 0) to (1, 1). */
  roc: readonly Point[];
  /** Losses after each epoch. */
  history: readonly EpochLoss[];
  /** The epoch whose weights were kept. */
  bestEpoch?: number;
  /** From the start of the job. */
  seconds: number;
  /** The best first. */
  motifs: readonly ReportedMotif[];
  /** Choices worth knowing: filters, width, learning rate … */
  settings?: Readonly<Record<string, string | number>>;
}

/** The report of a run as one self-contained page of HTML: open it from anywhere, print it, attach it. */
export function discoverReport(report: DiscoverReport): string {
  return page(
    report.title,
    html`${header(report)}
      <main>${[measures(report), motifs(report.motifs), training(report), repetition(report)]}</main>`,
  );
}

function header({ title, data, auroc, trueMatrixAuroc, date, version }: DiscoverReport): Html {
  const kicker = ['hairpin discover', version, date].filter((part) => part !== undefined).join(' · ');
  const heldOut = data.parts.at(-1);
  const sequences = heldOut ? ` on ${count(heldOut.positives + heldOut.negatives)} sequences it had never seen` : '';
  return html`<header>
    <p class="kicker">${kicker}</p>
    <h1>${title}</h1>
    <p class="lede">
      A convolutional net, trained to tell the sequences from their negatives, reaches an AUROC of
      ${share(auroc.value)}${sequences} (95&nbsp;% interval ${share(auroc.low)} to ${share(auroc.high)}).
    </p>
    ${data.isSimulated ? simulated(data.source, trueMatrixAuroc) : ''}
  </header> `;
}

function simulated(source: string, trueMatrixAuroc: number | null): Html {
  const planted =
    trueMatrixAuroc === null
      ? ''
      : ` The matrix that the sites were drawn from has an AUROC of ${share(trueMatrixAuroc)}.`;
  return html`<p class="note">
    <strong>Simulated data.</strong> No experiment stands behind these sequences: ${source}.${planted}
  </p> `;
}

function measures({ auroc, auprc, trueMatrixAuroc, roc, data }: DiscoverReport): Html {
  const known = trueMatrixAuroc === null ? undefined : share(trueMatrixAuroc);
  const facts = factsTable('Areas under the curves, with 95\u00a0% intervals', [
    ['AUROC', estimate(auroc)],
    ['AUPRC', estimate(auprc)],
    ['AUROC of the true matrix', known],
  ]);
  const caption = html`The further the line bends to the upper left, the fewer false alarms for the sites found.`;
  return section(
    'On held-out sequences',
    html`<p>Held out: ${data.heldOut}. Negatives: ${data.negatives}.</p>
      <div class="pair">${figure(rocCurve(roc, { auroc: auroc.value }), caption)}${facts}</div> `,
  );
}

function estimate({ value, low, high }: Estimate): Html {
  return html`${share(value)} <span class="interval">${share(low)} – ${share(high)}</span>`;
}

function motifs(list: readonly ReportedMotif[]): Html {
  if (list.length === 0)
    return section('Motifs', html`<p>No filter of the net found a site to build a motif from.</p>`);
  const items = list.map((motif, i) => html`<li>${motifFigure(motif, i + 1)}</li> `);
  return section(
    'Motifs',
    html`<p>
        What excites the filters of the first layer, the best first. The height of a letter is its share of the
        information at that position.
      </p>
      <ol class="motifs">
        ${items}
      </ol> `,
  );
}

function motifFigure({ consensus, counts, informationBits, sites, match }: ReportedMotif, rank: number): Html {
  const svg = logo(informationHeights(counts), {
    domain: [0, 2],
    title: `Logo of motif ${rank}, ${consensus}`,
  });
  const likeness =
    match &&
    html`, like ${match.name}${match.id ? ` (${match.id})` : ''}, r&nbsp;=&nbsp;${match.similarity.toFixed(2)}`;
  return figure(
    svg,
    html`${rank}. <span class="consensus">${consensus}</span>, ${informationBits.toFixed(1)} bits, ${count(sites)}
      ${sites === 1 ? 'site' : 'sites'}${likeness ?? ''}`,
  );
}

function training({ history, bestEpoch, seconds }: DiscoverReport): Html {
  const best = bestEpoch === undefined ? undefined : String(bestEpoch);
  const facts = factsTable('The run', [
    ['Epochs', String(history.length)],
    ['Kept', best && `epoch ${best}`],
    ['Time, start to end', duration(seconds)],
  ]);
  const rows = history.map(({ epoch, train, validation }) => [
    String(epoch),
    train.toFixed(4),
    validation?.toFixed(4) ?? '–',
  ]);
  return section(
    'Training',
    html`<div class="pair">
        ${figure(lossCurve(history, { bestEpoch }), html`Binary cross-entropy, mean over the sequences.`)}${facts}
      </div>
      <details>
        <summary>The numbers behind the curve</summary>
        ${numbersTable('Loss by epoch', ['Epoch', 'Training', 'Validation'], rows)}
      </details> `,
  );
}

function repetition({ command, device, adapter, seed, data, settings = {} }: DiscoverReport): Html {
  const parts = data.parts.map(({ name, positives, negatives }) => [name, count(positives), count(negatives)]);
  const choices = Object.entries(settings).map(([name, value]) => [name, String(value)] as const);
  return section(
    'To run it again',
    html`<pre><code>${command}</code></pre>
      <div class="pair">
        ${[
          factsTable('What ran', [
            ['Device', device],
            ['Adapter', adapter],
            ['Seed', String(seed)],
            ['Sequences from', data.source],
            ...choices,
          ]),
          numbersTable('Sequences', ['Part', 'Positive', 'Negative'], parts),
        ]}
      </div> `,
  );
}

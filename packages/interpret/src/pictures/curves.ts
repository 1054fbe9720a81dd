import { lineChart, type Point } from './line-chart';
import { grey, palette } from './palette';

const square = { width: 390, height: 404 }; // px: the margins of a line chart leave a square

/** One epoch of a training run. */
export interface EpochLoss {
  /** Counted from 1. */
  epoch: number;
  /** Mean loss on the training set. */
  train: number;
  /** Mean loss on the validation set, if there is one. */
  validation?: number;
}

/** Training and validation loss over the epochs; `bestEpoch` is marked. */
export function lossCurve(history: readonly EpochLoss[], { bestEpoch }: { bestEpoch?: number } = {}): string {
  const train = history.map(({ epoch, train }): Point => [epoch, train]);
  const validation = history.flatMap(({ epoch, validation }): Point[] =>
    validation === undefined ? [] : [[epoch, validation]],
  );
  const last = history.at(-1);
  return lineChart({
    series: [
      { name: 'training', points: train, colour: palette.amber, dash: '5 3' },
      ...(validation.length ? [{ name: 'validation', points: validation, colour: palette.blue }] : []),
    ],
    x: { name: 'epoch', domain: [Math.min(1, ...train.map(([epoch]) => epoch)), Math.max(2, last?.epoch ?? 2)] },
    y: { name: 'loss' },
    mark: bestEpoch === undefined ? undefined : { x: bestEpoch, name: `kept: epoch ${bestEpoch}` },
    width: square.width,
    title: 'Loss over the epochs',
    description: last
      ? `After ${last.epoch} epochs the training loss is ${last.train.toPrecision(3)}` +
        (last.validation === undefined ? '.' : ` and the validation loss ${last.validation.toPrecision(3)}.`)
      : 'No epochs.',
  });
}

/** Receiver operating characteristic: true against false positive rate, with the diagonal of chance. */
export function rocCurve(points: readonly Point[], { auroc }: { auroc: number }): string {
  return lineChart({
    series: [
      { name: `model, area ${auroc.toFixed(3)}`, points, colour: palette.blue },
      {
        name: 'chance',
        points: [
          [0, 0],
          [1, 1],
        ],
        colour: grey,
        dash: '2 4',
      },
    ],
    x: { name: 'false positive rate', domain: [0, 1] },
    y: { name: 'true positive rate', domain: [0, 1] },
    legend: 'bottom-right',
    ...square,
    title: 'ROC curve',
    description: `True positive rate against false positive rate; the area under the curve is ${auroc.toFixed(3)}.`,
  });
}

/** Precision over recall, with the line of chance at the share of positives. */
export function precisionRecallCurve(
  points: readonly Point[],
  { auprc, positiveShare }: { auprc: number; positiveShare: number },
): string {
  const chance: Point[] = [
    [0, positiveShare],
    [1, positiveShare],
  ];
  return lineChart({
    series: [
      { name: `model, area ${auprc.toFixed(3)}`, points, colour: palette.blue },
      { name: 'chance', points: chance, colour: grey, dash: '2 4' },
    ],
    x: { name: 'recall', domain: [0, 1] },
    y: { name: 'precision', domain: [0, 1] },
    legend: 'bottom-left',
    ...square,
    title: 'Precision-recall curve',
    description: `Precision against recall; the area under the curve is ${auprc.toFixed(3)}, by chance ${positiveShare.toFixed(3)}.`,
  });
}

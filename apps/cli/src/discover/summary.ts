import type { DiscoverResult } from '@hairpin/experiments';

const SHOWN = 5;

/** The result for a person. */
export function summary(result: DiscoverResult, report: string): string {
  const { auroc, auprc, trueMatrixAuroc, motifs } = result;
  const lines = [
    ...(trueMatrixAuroc === null ? [] : ['simulated data: no experiment stands behind these numbers']),
    `AUROC ${withInterval(auroc)} on held-out sequences`,
    `AUPRC ${withInterval(auprc)}`,
    ...(trueMatrixAuroc === null
      ? []
      : [`AUROC ${trueMatrixAuroc.toFixed(4)} of the matrix that the sites were drawn from`]),
    ...motifs
      .slice(0, SHOWN)
      .map(
        (motif, i) =>
          `motif ${i + 1}  ${motif.consensus}  ${motif.informationBits.toFixed(1)} bits, ${motif.sites} sites`,
      ),
    ...(motifs.length === 0 ? ['no filter found a motif'] : []),
    `report ${report}`,
  ];
  return lines.join('\n');
}

const withInterval = ({ estimate, low, high }: DiscoverResult['auroc']): string =>
  `${estimate.toFixed(4)} (95 % interval ${low.toFixed(4)} – ${high.toFixed(4)})`;

/** The result for a program. */
export function asJson(result: DiscoverResult, report: string): object {
  const { device, adapter, auroc, auprc, trueMatrixAuroc, epochs, seconds, motifs } = result;
  return {
    ...{ device, adapter, auroc: auroc.estimate, auprc: auprc.estimate, trueMatrixAuroc, epochs, seconds },
    motifs: motifs.map(({ consensus, informationBits, sites }) => ({ consensus, informationBits, sites })),
    report,
  };
}

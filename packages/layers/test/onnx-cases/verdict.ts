import { convolution } from './convolution';
import { type FileName, files, type OnnxTest, testsOf } from './graph';
import { norms } from './norm';
import { ops } from './ops';
import { recurrent } from './recurrent';

/** Every operator of the tests that run. */
export const operators = { ...recurrent, ...convolution, ...norms, ...ops };

/** What becomes of a test: it runs here, or in `train`, or the reason why we have nothing like it. */
export type Verdict =
  | { readonly kind: 'runs'; readonly through: string }
  | { readonly kind: 'train'; readonly where: string }
  | { readonly kind: 'unsupported'; readonly reason: string };

const layers: Readonly<Record<string, string>> = {
  ...{ RNN: '`RNN`', LSTM: '`LSTM`', GRU: '`GRU`', Conv: '`Conv1d`', MaxPool: '`MaxPool1d`' },
  ...{
    GlobalMaxPool: '`GlobalMaxPool`, positions in a row',
    GlobalAveragePool: '`GlobalMeanPool`, positions in a row',
  },
  ...{ AveragePool: '`AvgPool1d`', ConvTranspose: '`ConvTranspose1d`', Dropout: '`Dropout`' },
  ...{ BatchNormalization: '`BatchNorm1d`, positions in a row', LayerNormalization: '`LayerNorm`' },
};

const missing: Readonly<Record<string, string>> = {
  Erf: 'no op `erf`',
  ScatterElements: 'no op writes elements by index; `scatterAdd` adds rows',
  ConvInteger: 'two-dimensional, and in integers',
  Adagrad: 'no Adagrad in `train`',
};

/** What becomes of a test of a file. */
export function verdictOf(file: FileName, { nodes }: OnnxTest): Verdict {
  const main = nodes.find(({ op }) => op !== 'Unsqueeze')!;
  const reason = missing[main.op] ?? reasonAgainst(main);
  if (reason) return { kind: 'unsupported', reason };
  if (file === 'loss') return { kind: 'train', where: 'packages/train/test/losses/onnx.test.ts' };
  if (file === 'optimizer') return { kind: 'train', where: 'packages/train/test/optimizers/onnx.test.ts' };
  return { kind: 'runs', through: layers[main.op] ?? 'ops' };
}

function reasonAgainst({ op, attributes }: OnnxTest['nodes'][number]): string | undefined {
  const { kernel_shape: kernel = [], mode } = attributes;
  if (kernel.filter((n: number) => n > 1).length > 1) return 'two-dimensional';
  return op === 'Pad' && mode === 'edge' ? '`pad` fills with a number' : undefined;
}

/** Every test: file, name, operators, test, verdict. */
export const everyTest = () =>
  files.flatMap((file) =>
    Object.entries(testsOf(file)).map(([name, test]) => ({ file, name, test, verdict: verdictOf(file, test) })),
  );

import type { DatasetEntry } from '../dataset';
import { debian, github, rawFiles } from '../sources';
import { computed, converted } from './obtain';

const tangermeme = 'jmschrei/tangermeme';
const samples = (...names: string[]) => Object.fromEntries(names.map((name) => [name, `tests/data/${name}`]));

/** Reference values for tests of software. */
export const references: readonly DatasetEntry[] = [
  {
    name: 'reference_vectors',
    title: 'Recurrent layers and convolutions with random weights: values and gradients',
    source: { what: 'computed with ONNX Runtime 1.30 (values) and JAX 0.10 (gradients)' },
    licence: 'CC0',
    serves: [2, 3, 13],
    obtain: computed('layouts and gate orders are those of ONNX and stand in the files'),
  },
  {
    name: 'golden',
    title: 'Layers, losses and optimisers: values and gradients in double precision',
    source: { what: 'computed with PyTorch 1.13' },
    licence: 'not stated',
    serves: [],
    obtain: computed('each file says what it is'),
  },
  {
    name: 'onnx_tests',
    title: 'Node tests of ONNX: recurrent layers, convolutions, losses, norms, indexing, optimisers',
    source: debian('libonnx-testdata', '1.12.0'),
    licence: 'MIT',
    serves: [2, 13, 3],
    obtain: converted('the tensors as JSON; raw/ holds the package’s own files'),
  },
  {
    name: 'format_samples',
    title: 'Small .npy, .npz and .safetensors files with what they contain',
    source: { what: 'computed with NumPy 2.4 and safetensors 0.8' },
    licence: 'CC0',
    serves: [],
    obtain: computed('expected.json has the content'),
  },
  {
    name: 'genomic_io_samples',
    title: 'Small bigWig, BED, FASTA and MEME files, and what the bigWig files contain',
    source: github(tangermeme, '7cf0f45da7ad', 'tests/data'),
    licence: 'MIT',
    serves: [29, 44],
    obtain:
      'bigwig_expected.json was computed with libBigWig 0.4.7 for this collection; test.fa is tests/data/test.fa of the repository at the commit named.',
    urls: {
      ...rawFiles(
        tangermeme,
        '4149533ee75caa6c2e4a91c577cbd248fbfa9546',
        samples('test.bed', 'test.bw', 'test.meme', 'test2.bed', 'test2.bw'),
      ),
      ...rawFiles(tangermeme, '656f699c56c1096a61d38c229509bb85c494180e', samples('test2.meme')),
      ...rawFiles(tangermeme, '7cdcd22141d4b90c9b46a00b5eddd3f34b33e675', samples('test2.bed10', 'test3.bw')),
    },
  },
];

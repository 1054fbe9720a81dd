import { alphabets, architectures, trainDefaults } from '@hairpin/experiments';
import { type Command, Option } from 'commander';
import { deviceOption, jsonOption, numberWithin, quietOption, seedOption, wholeFrom } from '../arguments';
import { trainCommand } from './command';

const { sizes, ...usual } = trainDefaults;

/** `hairpin train` */
export function registerTrain(hairpin: Command): void {
  hairpin
    .command('train')
    .description('Train a model on your own sequences, and write a folder with its weights and its card.')
    .argument('[table]', 'CSV or TSV with columns sequence and label (two classes) or value (numbers); - for stdin')
    .option('--positives <file>', 'FASTA file, in place of a table')
    .option('--negatives <file>', 'FASTA file, or "shuffle" for shuffled positives', 'shuffle')
    .addOption(new Option('--model <kind>', 'architecture').choices(architectures).default(usual.architecture))
    .addOption(new Option('--alphabet <name>', 'letters').choices(Object.keys(alphabets)).default(usual.alphabet))
    .option('--filters <n>', 'filters of a convolution', wholeFrom(1), sizes.filters)
    .option('--width <n>', 'letters under a filter', wholeFrom(1), sizes.width)
    .option('--hidden <n>', 'hidden units', wholeFrom(1), sizes.hidden)
    .option('--dropout <share>', 'units silenced while training', numberWithin(0, 0.95), sizes.dropout)
    .option('--epochs <n>', 'at most', wholeFrom(1), usual.epochs)
    .option('--patience <n>', 'epochs without a better validation before it ends', wholeFrom(1), usual.patience)
    .option('--batch-size <n>', 'sequences in a step', wholeFrom(1), usual.batchSize)
    .option('--learning-rate <rate>', 'at the start', numberWithin(1e-9, 10), usual.learningRate)
    .option('--hold-out <share>', 'measured on, never trained on', numberWithin(0.01, 0.9), usual.holdOut)
    .option('--resume', 'go on with a training that was stopped, in the same folder')
    .addOption(seedOption())
    .option('--out <folder>', 'where the model goes', 'hairpin-model')
    .addOption(deviceOption())
    .addOption(jsonOption())
    .addOption(quietOption())
    .action(trainCommand);
}

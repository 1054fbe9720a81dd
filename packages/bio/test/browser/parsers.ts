/** What a page imports that only reads files. */
import {
  openBigWig,
  openIndexedFasta,
  readBed,
  readFasta,
  readFastaChunks,
  readFastq,
  readGenBank,
  readGff3,
  readGff3Trees,
  readJaspar,
  readMeme,
  readNewick,
  readPhylipDistances,
  readTransfac,
} from '../../src/index';

const wholes = { readJaspar, readMeme, readNewick, readPhylipDistances, readTransfac };
const annotations = { readBed, readGenBank, readGff3, readGff3Trees };
const parsers = { openBigWig, openIndexedFasta, readFasta, readFastaChunks, readFastq, ...annotations, ...wholes };

Object.assign(globalThis, { parsers }); // or the bundler would drop what nobody calls

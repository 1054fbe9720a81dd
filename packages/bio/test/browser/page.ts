import { publish } from '../../../../scripts/browser/page';
import {
  collectBed,
  collectFasta,
  collectGenBank,
  openBigWig,
  openIndexedFasta,
  pathLengths,
  neighborJoining,
  readGff3Trees,
  readJaspar,
  readNewick,
  robinsonFoulds,
  tomtom,
  writeGenBank,
  writeJaspar,
} from '../../src/index';
import { circle } from '../formats/genbank-sample';

function same(what: string, got: unknown, wanted: unknown): void {
  const [a, b] = [got, wanted].map((value) => JSON.stringify(value));
  if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`);
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

const packed = (text: string) =>
  new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).blob();

publish(async () => [
  {
    name: 'gzip of several members from a stream',
    async run() {
      const members = new Blob([await packed('>a\nAC'), await packed('GT\n')]);
      same('records', await collectFasta(members.stream()), [{ id: 'a', description: '', sequence: 'ACGT' }]);
    },
  },
  {
    name: 'a file read in the middle',
    async run() {
      const fasta = new File(['>a\nACGTA\nCGT\n'], 'a.fa');
      const file = await openIndexedFasta({ fasta, fai: 'a\t8\t3\t5\t6\n' });
      same('letters', await file.read('a', { start: 3, end: 7 }), 'TACG');
    },
  },
  {
    name: 'annotations',
    async run() {
      same('BED', (await collectBed('c\t1\t2\n')).length, 1);
      same('GenBank', (await collectGenBank(circle))[0].features.length, 2);
      for await (const { features } of readGff3Trees('c\t.\tgene\t1\t9\t.\t+\t.\tID=a\n'))
        same('GFF3', features[0].end, 9);
    },
  },
  {
    name: 'motifs and trees from gzip, compared',
    async run() {
      const motifs = await readJaspar(await packed('>M1 GATA\n1 0 19 0\n19 0 0 1\n0 0 1 19\n20 0 0 0\n'));
      same('motifs', readJaspar(writeJaspar(motifs)), motifs);
      same('strand', tomtom(motifs, motifs, { threshold: 1 })[0][0].strand, '+');
      const [tree] = await readNewick(await packed('((a:1,b:2):3,c:4,(d:5,e:6):7);'));
      same('distance', robinsonFoulds(neighborJoining(pathLengths(tree)), tree).distance, 0);
      const records = await collectGenBank(circle);
      same('GenBank', await collectGenBank(writeGenBank(records)), records);
    },
  },
  {
    name: 'errors of binary files',
    async run() {
      const error = await openBigWig(bytesOf('AAAA'.repeat(30)), { source: 'a.bw' }).catch((reason) => reason.message);
      same('error', error, 'a.bw: byte 0: not bigWig: expected 888FFC26');
    },
  },
]);

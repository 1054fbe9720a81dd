import { readdirSync, readFileSync } from 'node:fs';
import { it } from 'vitest';
import { collectGenBank } from '../src/formats/genbank';
import { lettersAt } from '../src/formats/location';
it('x', async () => { const d='/work/shared/data/circular_small/'; for (const f of readdirSync(d)) { const [r]=await collectGenBank(readFileSync(d+f),{source:f}); const cds=r.features.filter(f=>f.type==='CDS'&&f.qualifiers.translation);
 const ok=cds.filter(c=>{const l=lettersAt(r.sequence,c.location).length/3; const n=c.qualifiers.translation[0].length; return l===n+1});
 console.log(f,{...r,header:Object.keys(r.header).length,features:r.features.length,sequence:r.sequence.length},cds.length,ok.length, cds.filter(c=>!ok.includes(c)).slice(0,3).map(c=>JSON.stringify(c.location))); }
 const [lam]=await collectGenBank(readFileSync(d+'plasmid_addgene11664.gb')); console.log(JSON.stringify(lam.features[1]), JSON.stringify(lam.header.SOURCE), JSON.stringify(lam.features.filter(f=>f.location.parts.length>1))); });

import { describe, expect, it } from 'vitest';
import { datasets } from '../../src/index';
import { localDataLibrary } from '../../src/node/index';
import { dataFolder } from '../support';

describe.skipIf(!dataFolder)('the mirror of data sets', () => {
  it('has every file as its checksum says', async () => {
    const data = localDataLibrary({ mirror: dataFolder, cache: '/nowhere' });
    let files = 0;
    for (const { name } of datasets) files += (await data.fetch(name)).length;
    expect(files).toBe(datasets.flatMap((set) => set.files).length);
  });
});

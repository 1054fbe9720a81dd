import { malformedMotifFiles } from './malformed-motif-files';

malformedMotifFiles(100_000);

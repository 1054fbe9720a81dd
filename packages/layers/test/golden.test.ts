import { describe, it } from 'vitest';
import { exact, hasData } from './data';
import { checkGolden, goldenNames } from './golden';

describe.skipIf(!hasData)("PyTorch's numbers", () => {
  it.each(goldenNames)('%s: values and gradients', (name) => checkGolden(name, exact));
});

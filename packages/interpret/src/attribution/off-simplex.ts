import { mean, shapeError, sub, type Tensor } from '@hairpin/tensors';

/**
 * A gradient without the part that leads off the simplex of one-hot letters: at each position the mean over letters is subtracted
 * (Majdandzic, Rajesh & Koo 2023).   [..., letters] → the same shape
 */
export function offSimplexCorrected(gradients: Tensor): Tensor {
  if (gradients.shape.length === 0)
    throw shapeError('offSimplexCorrected', 'gradients [..., letters]', gradients.shape);
  return sub(gradients, mean(gradients, -1, { keepDims: true }));
}

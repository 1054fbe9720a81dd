import type { TypedArray } from './dtype';
import type { TensorLike } from './op';
import { argsort } from './ops/argsort';
import { broadcastTo, sum } from './ops/broadcast';
import { contractGeneral, matmul } from './ops/contract';
import { conv1d } from './ops/conv';
import { cumsum } from './ops/cumsum';
import * as elementwise from './ops/elementwise';
import { gather, take, takeAlong } from './ops/gather';
import { split } from './ops/join';
import { flip, pad, permute, slice, transpose } from './ops/movement';
import { avgPool1d, maxPool1d } from './ops/pool';
import { argmax, logSoftmax, logSumExp, max, mean, min, softmax } from './ops/reduce';
import { reshape } from './ops/reshape';
import { sort, topK } from './ops/sort';
import { installParameterHooks, Parameter } from './parameter';
import { item, read, realize } from './realize';
import { Tensor } from './tensor';

const { where: _where, copy, ...functions } = elementwise;

/** Every op whose first argument is a tensor, by the name of its method. */
const methods = {
  ...functions,
  ...{ sum, mean, max, min, argmax, logSumExp, softmax, logSoftmax, cumsum, sort, argsort, topK },
  ...{ reshape, broadcastTo, permute, transpose, slice, pad, flip, split },
  ...{ matmul, contractGeneral, conv1d, maxPool1d, avgPool1d, take, takeAlong, gather },
};

type Method<F> = F extends (x: TensorLike, ...rest: infer A) => infer R ? (...rest: A) => R : never;
type OpMethods = { readonly [K in keyof typeof methods]: Method<(typeof methods)[K]> };

/** What a tensor and a parameter can be asked: every op as a method, and their elements. */
export interface Methods extends OpMethods {
  /** The elements, row-major. */
  data(): Promise<TypedArray>;
  /** The one element of a tensor that has one. */
  item(): Promise<number>;
}

for (const prototype of [Tensor.prototype, Parameter.prototype] as object[]) {
  for (const [name, op] of Object.entries(methods) as [string, (x: TensorLike, ...rest: never[]) => unknown][])
    Object.defineProperty(prototype, name, {
      value(this: Tensor | Parameter, ...rest: never[]) {
        return op(this, ...rest);
      },
      configurable: true,
    });
  Object.defineProperty(prototype, 'data', {
    value(this: Tensor | Parameter) {
      return read(this);
    },
  });
  Object.defineProperty(prototype, 'item', {
    value(this: Tensor | Parameter) {
      return item(this);
    },
  });
}

installParameterHooks({ copy: (tensor) => copy(tensor), realize: (tensor) => realize(tensor) });

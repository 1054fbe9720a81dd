import {
  arange,
  cast,
  concat,
  type Context,
  type DType,
  embedding,
  equal,
  full,
  less,
  matmul,
  max,
  maximum,
  type Parameter,
  parameter,
  reshape,
  type Rng,
  scan,
  shapeError,
  split,
  sum,
  tanh,
  tap,
  type Tensor,
  transpose,
  zeros,
} from '@hairpin/tensors';
import { AdditiveAttention } from '../attention/additive-attention';
import type { Cell, State } from '../cells/cell';
import { glorotUniform, uniformFanIn } from '../init';
import { clearBeyond } from '../lengths';
import type { MakeCell } from '../recurrent/make-layers';

/** Shape and start of a `Decoder`. */
export interface DecoderOptions {
  /** How many tokens there are, `start` and `end` among them. */
  readonly vocabulary: number;
  /** Width of a token's vector. */
  readonly embed: number;
  /** Channels of the memory that it attends to. */
  readonly memory: number;
  /** Makes the cell, for so many channels. */
  readonly cell: MakeCell;
  /** The token before the first. */
  readonly start: number;
  /** The token after the last. */
  readonly end: number;
  /** Units of the attention: those of the cell unless said. */
  readonly hidden?: number;
  /**
   * The cell also reads what was found at the step before, so that it knows where it has looked (Luong et al. 2015, section 3.3).
   * Off unless said: then teacher forcing is a loop of the cell alone, and attention is one product for all steps.
   */
  readonly inputFeeding?: boolean;
  readonly rng: Rng;
  readonly dtype?: DType;
}

/** What a decoder carries from step to step. */
export interface DecoderState {
  readonly cell: State;
  /** What was found in the memory at the step before, [batch, memory]. */
  readonly found: Tensor;
}

/** What a decoder attends to, prepared once for all steps. */
export interface Memory {
  /** [batch, length, memory], zeros beyond each row's length. */
  readonly states: Tensor;
  /** The attention's share that is the same for all queries, [batch, length, hidden]. */
  readonly projected: Tensor;
  /** True where there is something to see, bool [batch, 1, length]. */
  readonly seen: Tensor;
  /** The state before the first step. */
  readonly start: DecoderState;
}

/** What a step leaves: the state, and its scores for each token, [batch, vocabulary]. */
export interface Decoded {
  readonly state: DecoderState;
  readonly logits: Tensor;
}

/**
 * A cell that writes tokens while it attends to a memory by additive attention (Bahdanau et al. 2015; the order of a step is that of
 * Luong et al. 2015, section 3). The cell reads the token before, and with `inputFeeding` what was found then; its new state says
 * where to look now; the logits are a product of that state, of what is found, and of the token before. The cell starts from
 * tanh of a product of the memory's mean. Weights are tapped as [batch, steps, length].
 */
export class Decoder {
  readonly embedding: Parameter; // [vocabulary, embed]
  readonly cell: Cell<State>;
  readonly attention: AdditiveAttention;
  readonly initial: { readonly weight: Parameter; readonly bias: Parameter }; // [width of the state, memory], [width]
  readonly readout: { readonly weight: Parameter; readonly bias: Parameter }; // [vocabulary, hidden + memory + embed]
  readonly start: number;
  readonly end: number;
  readonly inputFeeding: boolean;

  constructor(options: DecoderOptions) {
    const { vocabulary, embed, memory, rng, start, end, dtype = 'f32' } = options;
    for (const [name, token] of Object.entries({ start, end }))
      if (!Number.isInteger(token) || token < 0 || token >= vocabulary)
        throw new RangeError(`Decoder: expected ${name} to be one of the ${vocabulary} tokens, got ${token}`);
    this.inputFeeding = options.inputFeeding ?? false;
    const inputs = this.inputFeeding ? embed + memory : embed;
    this.cell = options.cell(inputs);
    const { hiddenSize, inputSize } = this.cell;
    if (inputSize !== inputs)
      throw new RangeError(`Decoder: expected a cell that reads ${inputs} channels, got one that reads ${inputSize}`);
    this.attention = new AdditiveAttention({
      ...{ query: hiddenSize, keys: memory, hidden: options.hidden ?? hiddenSize, rng, dtype },
    });
    this.embedding = parameter(cast(uniformFanIn(rng, [vocabulary, embed], embed), dtype));
    const draw = (out: number, inputs: number) => ({
      weight: parameter(cast(glorotUniform(rng, [out, inputs]), dtype)),
      bias: parameter(zeros([out], { dtype })),
    });
    const width = widthsOf(this.cell).reduce((a, b) => a + b, 0);
    this.initial = draw(width, memory);
    this.readout = draw(vocabulary, hiddenSize + memory + embed);
    [this.start, this.end] = [start, end];
  }

  /** How many tokens there are. */
  get vocabulary(): number {
    return this.embedding.shape[0];
  }

  /** What can be done once for all steps.   states: [batch, length, memory], lengths: [batch] i32 */
  remember(states: Tensor, lengths?: Tensor): Memory {
    const [, memory] = this.initial.weight.shape;
    if (states.shape.length !== 3 || states.shape[2] !== memory)
      throw shapeError('Decoder', `a memory [batch, length, ${memory}]`, states.shape);
    const [batch, length] = states.shape;
    const own = clearBeyond(states, lengths);
    const seen = lengths
      ? less(reshape(arange(length, 'i32'), [1, 1, length]), reshape(lengths, [batch, 1, 1]))
      : full([batch, 1, length], 1, { dtype: 'bool', device: states.device });
    const count = lengths ? cast(reshape(maximum(lengths, 1), [batch, 1]), states.dtype) : Math.max(length, 1);
    const first = tanh(affine(sum(own, 1).div(count), this.initial));
    const parts = split(first, widthsOf(this.cell), 1);
    const names = Object.keys(this.cell.widths);
    const cell: State = Object.fromEntries(names.map((name, i) => [name, parts[i]]));
    const place = { states: own, projected: this.attention.project(own), seen };
    return { ...place, start: { cell, found: this.look(place, this.cell.output(cell)) } };
  }

  /** One step.   token: [batch, embed], the vector of the token before */
  step({ cell, found }: DecoderState, token: Tensor, memory: Memory, context: Context = {}): Decoded {
    const read = this.inputFeeding ? concat([token, found], 1) : token;
    const after = this.cell.step(cell, read, withoutLengths(context));
    const h = this.cell.output(after);
    const now = this.look(memory, h, this.attention.name);
    return { state: { cell: after, found: now }, logits: this.read(h, now, token) };
  }

  /** All steps, when the tokens before them are given.   tokens: [batch, steps, embed] → logits [batch, steps, vocabulary] */
  steps(tokens: Tensor, memory: Memory, context: Context = {}): Tensor {
    if (this.inputFeeding) {
      const body = (before: DecoderState, token: Tensor) => {
        const { state, logits } = this.step(before, token, memory, context);
        return [state, logits] as const;
      };
      return scan<DecoderState, Tensor, Tensor>(body, memory.start, tokens)[1];
    }
    const [, h] = scan<State, Tensor, Tensor>(
      (before, token) => {
        const after = this.cell.step(before, token, withoutLengths(context));
        return [after, this.cell.output(after)] as const;
      },
      memory.start.cell,
      tokens,
    );
    const weights = tap(this.attention.weights(h, memory.projected, { mask: memory.seen }), this.attention.name);
    return this.read(h, matmul(weights, memory.states), tokens);
  }

  /** What a state finds in the memory, its weights tapped under a name.   h: [batch, hidden] → [batch, memory] */
  private look({ states, projected, seen }: Omit<Memory, 'start'>, h: Tensor, name?: string): Tensor {
    const [batch, length, channels] = states.shape;
    const weights = this.attention.weights(reshape(h, [batch, 1, h.shape[1]]), projected, { mask: seen });
    const shown = name === undefined ? weights : reshape(tap(reshape(weights, [batch, length]), name), weights.shape);
    return reshape(matmul(shown, states), [batch, channels]);
  }

  /** Scores for each token. */
  private read(h: Tensor, found: Tensor, token: Tensor): Tensor {
    return affine(concat([h, found, token], -1), this.readout);
  }

  /** The vectors of tokens by number.   tokens: [...] i32 → [..., embed] */
  embed(tokens: Tensor): Tensor {
    return embedding(this.embedding, tokens);
  }

  /** The vector of the start token, a row for each of the batch. */
  embedStart(batch: number): Tensor {
    const [, width] = this.embedding.shape;
    return this.embedding.slice([this.start], [this.start + 1]).broadcastTo([batch, width]);
  }

  /** The vector of the token with the largest score.   scores: [batch, vocabulary] → [batch, embed] */
  embedBest(scores: Tensor): Tensor {
    const isBest = equal(scores, max(scores, 1, { keepDims: true }));
    return cast(isBest, scores.dtype).matmul(this.embedding);
  }
}

const widthsOf = (cell: Cell<State>): number[] => Object.values(cell.widths as Record<string, number>);

const withoutLengths = ({ lengths: _, ...rest }: Context): Context => rest; // they are those of the source

/** x·Wᵀ + b. */
const affine = (x: Tensor, { weight, bias }: { readonly weight: Parameter; readonly bias: Parameter }): Tensor =>
  x.matmul(transpose(weight)).add(bias);

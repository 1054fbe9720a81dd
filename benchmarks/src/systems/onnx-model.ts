import protobuf from 'protobufjs';
import type { Numbers } from '../training/examples';

/** The part of onnx.proto (version 1.17) that a graph of f32 tensors needs: names, numbers and types of its fields. */
const schema = `
syntax = "proto3";
message ModelProto { int64 ir_version = 1; string producer_name = 2; GraphProto graph = 7; repeated OperatorSetIdProto opset_import = 8; }
message OperatorSetIdProto { string domain = 1; int64 version = 2; }
message GraphProto {
  repeated NodeProto node = 1; string name = 2; repeated TensorProto initializer = 5;
  repeated ValueInfoProto input = 11; repeated ValueInfoProto output = 12;
}
message NodeProto { repeated string input = 1; repeated string output = 2; string op_type = 4; repeated AttributeProto attribute = 5; }
message AttributeProto { string name = 1; int64 i = 3; bytes s = 4; repeated int64 ints = 8; int32 type = 20; }
message TensorProto { repeated int64 dims = 1; int32 data_type = 2; string name = 8; bytes raw_data = 9; }
message ValueInfoProto { string name = 1; TypeProto type = 2; }
message TypeProto { TensorTypeProto tensor_type = 1; }
message TensorTypeProto { int32 elem_type = 1; TensorShapeProto shape = 2; }
message TensorShapeProto { repeated DimensionProto dim = 1; }
message DimensionProto { int64 dim_value = 1; }`;

const f32 = 1; // TensorProto.DataType.FLOAT
const i64 = 7; // TensorProto.DataType.INT64

const { root } = protobuf.parse(schema, { keepCase: true });
const modelProto = root.lookupType('ModelProto');

/** What a node may be told: a whole number, several, or a word. */
type Attribute = number | readonly number[] | string;

/** One operation: its inputs and outputs by name. An input that is left out is ''. */
export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

/** A graph that turns `x` into `y`. */
export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly weights: Readonly<Record<string, Numbers>>;
  /** Shapes that nodes read, such as that of `Reshape`. */
  readonly shapes?: Readonly<Record<string, readonly number[]>>;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** The graph as a file of ONNX. */
export function onnxModel({ nodes, weights, shapes = {}, x, y }: OnnxGraph): Uint8Array {
  const graph = {
    name: 'graph',
    node: nodes.map(asNode),
    initializer: [...Object.entries(weights).map(asWeight), ...Object.entries(shapes).map(asShape)],
    input: [asValue('x', x)],
    output: [asValue('y', y)],
  };
  const model = { ir_version: 8, producer_name: 'hairpin', graph, opset_import: [{ domain: '', version: 17 }] };
  return modelProto.encode(modelProto.create(model)).finish();
}

const asNode = ({ op, inputs, outputs, attributes = {} }: OnnxNode) => ({
  op_type: op,
  input: inputs,
  output: outputs,
  attribute: Object.entries(attributes).map(([name, value]) => ({ name, ...asAttribute(value) })),
});

/** With the number of its kind among `AttributeProto.AttributeType`. */
function asAttribute(value: Attribute) {
  if (typeof value === 'number') return { i: value, type: 2 };
  return typeof value === 'string' ? { s: new TextEncoder().encode(value), type: 3 } : { ints: value, type: 7 };
}

const asWeight = ([name, { values, shape }]: [string, Numbers]) => ({
  name,
  dims: shape,
  data_type: f32,
  raw_data: new Uint8Array(values.buffer, values.byteOffset, values.byteLength), // little-endian, as ONNX demands
});

const asShape = ([name, shape]: [string, readonly number[]]) => ({
  name,
  dims: [shape.length],
  data_type: i64,
  raw_data: new Uint8Array(BigInt64Array.from(shape, BigInt).buffer),
});

const asValue = (name: string, shape: readonly number[]) => ({
  name,
  type: { tensor_type: { elem_type: f32, shape: { dim: shape.map((size) => ({ dim_value: size })) } } },
});

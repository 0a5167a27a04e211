import { onnx } from 'onnx-proto';
import { quantizeColumns, quantizeRows } from './quantize';

const ElementType = { float: 1, int8: 3, int64: 7 } as const;

type ElementTypeName = keyof typeof ElementType;
type Attribute = number | readonly number[];
type Dimension = number | string;

/** Attributes that ONNX types as float even when the number is whole. */
const FLOAT_ATTRIBUTES: ReadonlySet<string> = new Set(['epsilon']);

const OPSET = 17;
const IR_VERSION = 8;

/** Writes an ONNX graph node by node; a value is known by its name. The same calls always give the same bytes. */
export class GraphBuilder {
  private readonly nodes: onnx.INodeProto[] = [];
  private readonly initializers: onnx.ITensorProto[] = [];
  private count = 0;

  /** @param quantized int8 weights; otherwise the float32 numbers as they are, which is what the int8 graph is compared with */
  constructor(private readonly quantized: boolean) {}

  floats(name: string, shape: readonly number[], values: ArrayLike<number>): string {
    return this.initializer(name, 'float', shape, values instanceof Float32Array ? values : Float32Array.from(values));
  }

  bytes(name: string, shape: readonly number[], values: Int8Array): string {
    return this.initializer(name, 'int8', shape, values);
  }

  integers(name: string, values: readonly number[]): string {
    return this.initializer(name, 'int64', [values.length], BigInt64Array.from(values, BigInt));
  }

  /** A node with one output. */
  node(operator: string, inputs: readonly string[], attributes: Record<string, Attribute> = {}, output?: string): string {
    const [name] = this.append(operator, inputs, attributes, [output ?? this.freshName(operator)]);
    return name!;
  }

  /** A node with several outputs. */
  nodes3(operator: string, inputs: readonly string[], attributes: Record<string, Attribute> = {}): readonly [string, string, string] {
    const base = this.freshName(operator);
    const outputs = [`${base}_a`, `${base}_b`, `${base}_c`] as const;
    this.append(operator, inputs, attributes, outputs);
    return outputs;
  }

  toFloat(value: string): string {
    return this.node('Cast', [value], { to: ElementType.float });
  }

  /** Rows of a table by their index. */
  rows(name: string, indices: string, values: Float32Array, shape: readonly [rows: number, columns: number]): string {
    if (!this.quantized) return this.node('Gather', [this.floats(name, shape, values), indices], { axis: 0 });
    const { values: bytes, scales } = quantizeRows(values, ...shape);
    const numbers = this.toFloat(this.node('Gather', [this.bytes(name, shape, bytes), indices], { axis: 0 }));
    return this.node('Mul', [numbers, this.node('Gather', [this.floats(`${name}.scales`, [shape[0], 1], scales), indices], { axis: 0 })]);
  }

  /** `input x weights + bias`; with int8 weights the input is quantized while running. */
  linear(
    name: string,
    input: string,
    weights: Float32Array,
    shape: readonly [rows: number, columns: number],
    bias: ArrayLike<number>,
  ): string {
    const [rows, columns] = shape;
    if (!this.quantized) {
      const product = this.node('MatMul', [input, this.floats(`${name}.weights`, shape, weights)]);
      return this.node('Add', [product, this.floats(`${name}.bias`, [columns], bias)]);
    }
    const { values, scales } = quantizeColumns(weights, rows, columns);
    const [quantized, inputScale, zeroPoint] = this.nodes3('DynamicQuantizeLinear', [input]);
    const product = this.node('MatMulInteger', [
      quantized,
      this.bytes(`${name}.weights`, [rows, columns], values),
      zeroPoint,
      this.bytes(`${name}.zero`, [], new Int8Array(1)),
    ]);
    const scale = this.node('Mul', [inputScale, this.floats(`${name}.scales`, [columns], scales)]);
    return this.node('Add', [this.node('Mul', [this.toFloat(product), scale]), this.floats(`${name}.bias`, [columns], bias)]);
  }

  encode(graph: {
    readonly name: string;
    readonly source: string;
    readonly inputs: Readonly<Record<string, readonly Dimension[]>>;
    readonly outputs: Readonly<Record<string, readonly Dimension[]>>;
  }): Uint8Array {
    return onnx.ModelProto.encode(
      onnx.ModelProto.create({
        irVersion: IR_VERSION,
        opsetImport: [{ domain: '', version: OPSET }],
        producerName: 'cdk-serverless-ai',
        metadataProps: [{ key: 'source', value: graph.source }],
        graph: {
          name: graph.name,
          node: this.nodes,
          initializer: this.initializers,
          input: Object.entries(graph.inputs).map(([name, shape]) => valueInfo(name, 'int64', shape)),
          output: Object.entries(graph.outputs).map(([name, shape]) => valueInfo(name, 'float', shape)),
        },
      }),
    ).finish();
  }

  private append(operator: string, inputs: readonly string[], attributes: Record<string, Attribute>, outputs: readonly string[]) {
    this.nodes.push({
      opType: operator,
      name: outputs[0],
      input: [...inputs],
      output: [...outputs],
      attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
    });
    return outputs;
  }

  private initializer(name: string, type: ElementTypeName, shape: readonly number[], values: ArrayBufferView): string {
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.initializers.push({ name, dataType: ElementType[type], dims: [...shape], rawData });
    return name;
  }

  private freshName(operator: string): string {
    this.count += 1;
    return `${operator}_${this.count}`;
  }
}

function attribute(name: string, value: Attribute): onnx.IAttributeProto {
  const { AttributeType } = onnx.AttributeProto;
  if (typeof value !== 'number') return { name, type: AttributeType.INTS, ints: [...value] };
  return FLOAT_ATTRIBUTES.has(name) ? { name, type: AttributeType.FLOAT, f: value } : { name, type: AttributeType.INT, i: value };
}

function valueInfo(name: string, type: ElementTypeName, shape: readonly Dimension[]): onnx.IValueInfoProto {
  const dim = shape.map((dimension) => (typeof dimension === 'string' ? { dimParam: dimension } : { dimValue: dimension }));
  return { name, type: { tensorType: { elemType: ElementType[type], shape: { dim } } } };
}

import { GraphBuilder } from './graph-builder';
import type { Pretrained } from './pretrained-weights';

const HEADS = 4;
const EMBEDDING_WIDTH = 256;
const WIDTH = 512;
const FEED_FORWARD_WIDTH = 1_536;
export const MAX_TOKENS = 128;

/** The encoder as one batched ONNX graph: `input_ids`, `attention_mask` [batch, tokens] -> `sentence_embedding` [batch, 512], L2-normalized. */
export function encodeSentenceEncoder(weights: Pretrained, precision: 'int8' | 'float32' = 'int8'): Uint8Array {
  const graph = new GraphBuilder(precision === 'int8');
  const mask = graph.toFloat('attention_mask');
  const axis1 = graph.integers('axis1', [1]);
  const one = graph.floats('one', [], [1]);

  let hidden = graph.node('Add', [embedTokens(graph, weights), positions(graph, weights)]);
  const bias = attentionBias(graph, mask, one);
  hidden = transformerLayer(graph, weights, 0, hidden, EMBEDDING_WIDTH, bias);
  hidden = transformerLayer(graph, weights, 1, hidden, WIDTH, bias);

  const tokenMask = graph.node('Unsqueeze', [mask, graph.integers('axis2', [2])]);
  const sum = graph.node('ReduceSum', [graph.node('Mul', [hidden, tokenMask]), axis1], { keepdims: 0 });
  const count = graph.node('Max', [graph.node('ReduceSum', [mask, axis1], { keepdims: 1 }), one]);
  const pooled = pool(graph, weights, graph.node('Div', [sum, count]));
  normalize(graph, pooled, axis1);

  return graph.encode({
    name: 'sentence_encoder',
    source: `Universal Sentence Encoder lite 1 (Apache-2.0), weights in ${precision}`,
    inputs: { input_ids: ['batch', 'tokens'], attention_mask: ['batch', 'tokens'] },
    outputs: { sentence_embedding: ['batch', WIDTH] },
  });
}

function embedTokens(graph: GraphBuilder, weights: Pretrained): string {
  const { shape, values } = weights.tensor('module/Embeddings_en');
  // The published graph adds the token embedding to itself before the positions.
  const doubled = values.map((value) => value * 2);
  return graph.rows('embedding', 'input_ids', doubled, shape as [number, number]);
}

/** Sines and cosines of each position, computed once for the longest input and cut to the batch's length. */
function positions(graph: GraphBuilder, weights: Pretrained): string {
  const rates = weights.tensor('TimingSignal/ExpandDims_1').values;
  const half = EMBEDDING_WIDTH / 2;
  const table = new Float32Array(MAX_TOKENS * EMBEDDING_WIDTH);
  for (let position = 0; position < MAX_TOKENS; position++) {
    for (let rate = 0; rate < half; rate++) {
      const angle = position * rates[rate]!;
      table[position * EMBEDDING_WIDTH + rate] = Math.sin(angle);
      table[position * EMBEDDING_WIDTH + half + rate] = Math.cos(angle);
    }
  }
  const length = graph.node('Gather', [graph.node('Shape', ['input_ids']), graph.integers('length.index', [1])], { axis: 0 });
  const start = graph.integers('start', [0]);
  return graph.node('Slice', [
    graph.floats('positions', [MAX_TOKENS, EMBEDDING_WIDTH], table),
    start,
    length,
    graph.integers('axis0', [0]),
  ]);
}

/** Zero for tokens, a large negative number for padding: [batch, 1, 1, tokens]. */
function attentionBias(graph: GraphBuilder, mask: string, one: string): string {
  const wide = graph.node('Unsqueeze', [mask, graph.integers('axes12', [1, 2])]);
  return graph.node('Mul', [graph.node('Sub', [wide, one]), graph.floats('masked', [], [1e9])]);
}

function transformerLayer(graph: GraphBuilder, weights: Pretrained, layer: 0 | 1, input: string, width: number, bias: string): string {
  const path = `Encode/Layer_${layer}/TransformerLayer/`;
  const name = `layer${layer}`;
  const vector = (suffix: string) => weights.tensor(`${path}${suffix}/ConcatPartitions/concat`).values;
  // The first layer is narrower than the second, so its residual is projected.
  const residual =
    width === WIDTH ? input : graph.linear(`${name}.residual`, input, vector('dense/kernel'), [width, WIDTH], vector('dense/bias'));

  const normed = layerNorm(graph, `${name}.norm1`, input, vector, 'layer_prepostprocess/layer_norm');
  const attended = selfAttention(graph, weights, { path, name, width }, normed, bias, vector);
  const middle = graph.node('Add', [attended, residual]);

  const normed2 = layerNorm(graph, `${name}.norm2`, middle, vector, 'FFN/layer_prepostprocess/layer_norm');
  const kernel = (conv: string) =>
    weights.tensor(`TransformerStack/Layer_${layer}/TransformerLayer/FFN/${conv}/Tensordot/Reshape_1`).values;
  const expanded = graph.linear(`${name}.expand`, normed2, kernel('conv1'), [WIDTH, FEED_FORWARD_WIDTH], vector('FFN/conv1/bias'));
  const reduced = graph.linear(
    `${name}.reduce`,
    graph.node('Relu', [expanded]),
    kernel('conv2'),
    [FEED_FORWARD_WIDTH, WIDTH],
    vector('FFN/conv2/bias'),
  );
  return graph.node('Add', [reduced, middle]);
}

function layerNorm(graph: GraphBuilder, name: string, input: string, vector: (suffix: string) => Float32Array, prefix: string): string {
  const scale = vector(`${prefix}/layer_norm_scale`);
  const shift = vector(`${prefix}/layer_norm_bias`);
  const inputs = [input, graph.floats(`${name}.scale`, [scale.length], scale), graph.floats(`${name}.shift`, [shift.length], shift)];
  return graph.node('LayerNormalization', inputs, { axis: -1, epsilon: 1e-6 });
}

function selfAttention(
  graph: GraphBuilder,
  weights: Pretrained,
  { path, name, width }: { path: string; name: string; width: number },
  input: string,
  bias: string,
  vector: (suffix: string) => Float32Array,
): string {
  const headWidth = width / HEADS;
  const kernel = (part: string) => weights.tensor(`${path}MultiheadAttention/${part}/kernel/part_0`).values;
  const joined = graph.linear(
    `${name}.qkv`,
    input,
    kernel('qkv_transform_single'),
    [width, 3 * width],
    vector('MultiheadAttention/qkv_transform_single/bias'),
  );
  const parts = graph.nodes3('Split', [joined, graph.integers(`${name}.split`, [width, width, width])], { axis: -1 });
  const headShape = graph.integers(`${name}.heads`, [0, 0, HEADS, headWidth]);
  const heads = (value: string, perm: readonly number[]) => graph.node('Transpose', [graph.node('Reshape', [value, headShape])], { perm });

  const query = graph.node('Mul', [heads(parts[0], [0, 2, 1, 3]), graph.floats(`${name}.scale`, [], [1 / Math.sqrt(headWidth)])]);
  const keys = heads(parts[1], [0, 2, 3, 1]);
  const values = heads(parts[2], [0, 2, 1, 3]);
  const attention = graph.node('Softmax', [graph.node('Add', [graph.node('MatMul', [query, keys]), bias])], { axis: -1 });
  const context = graph.node('Transpose', [graph.node('MatMul', [attention, values])], { perm: [0, 2, 1, 3] });
  const flat = graph.node('Reshape', [context, graph.integers(`${name}.flat`, [0, 0, width])]);
  return graph.linear(
    `${name}.output`,
    flat,
    kernel('output_transform_single'),
    [width, WIDTH],
    vector('MultiheadAttention/output_transform_single/bias'),
  );
}

// The last projection stays float32: it is 1 MB, and rounding here moves every embedding.
function pool(graph: GraphBuilder, weights: Pretrained, mean: string): string {
  const kernel = graph.floats('pool.weights', [WIDTH, WIDTH], weights.tensor('tanh_layer_0/weights').values);
  const bias = graph.floats('pool.bias', [WIDTH], weights.tensor('tanh_layer_0/bias').values);
  return graph.node('Tanh', [graph.node('Add', [graph.node('MatMul', [mean, kernel]), bias])]);
}

function normalize(graph: GraphBuilder, value: string, axis1: string): void {
  const squares = graph.node('ReduceSum', [graph.node('Mul', [value, value]), axis1], { keepdims: 1 });
  const length = graph.node('Sqrt', [graph.node('Max', [squares, graph.floats('smallest', [], [1e-12])])]);
  graph.node('Div', [value, length], {}, 'sentence_embedding');
}

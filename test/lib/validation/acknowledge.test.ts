import { App, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from '../../../lib/validation/acknowledge';

const RULE = { id: 'AwsSolutions::AwsSolutions-S1', reason: 'a test' };

test('records what Validations records, without a call stack of this library', () => {
  const stack = new Stack(new App());
  const [ours, plain] = [new Construct(stack, 'Ours'), new Construct(stack, 'Plain')];
  acknowledge(ours, RULE);
  Validations.of(plain).acknowledge(RULE);
  const recorded = ({ node }: Construct) => node.metadata.map(({ type, data }) => ({ type, data }));
  expect(recorded(ours)).toEqual(recorded(plain));
  expect(ours.node.metadata.flatMap(({ trace }) => trace ?? []).filter((line) => line.includes(__filename))).toEqual([]);
  expect(plain.node.metadata.flatMap(({ trace }) => trace ?? []).filter((line) => line.includes(__filename))).not.toEqual([]);
});

test('call stacks of errors are as long as before, also when an acknowledgement is refused', () => {
  const before = Error.stackTraceLimit;
  acknowledge(new Stack(new App()), RULE);
  expect(() => acknowledge(undefined as unknown as Stack, RULE)).toThrow();
  expect(Error.stackTraceLimit).toBe(before);
});

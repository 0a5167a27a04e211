import { Duration } from 'aws-cdk-lib';
import { LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Alias } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Map as MapState, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { type App, Stack } from 'aws-cdk-lib/core';
import * as fc from 'fast-check';
import { estimateTemplates } from '../../../../lib/cost/assembly/estimate-assembly';
import type { Estimate } from '../../../../lib/cost/estimate';
import { readTemplates } from '../../../../lib/template/read-templates';
import { plainFunction } from '../../../fixtures/plain-function';
import { assemblyOf } from './synthesized';

function build(app: App): void {
  const stack = new Stack(app, 'App');
  const timeout = Duration.minutes(15);
  const front = plainFunction(stack, 'Front', { timeout, memorySize: 1024 });
  const live = new Alias(stack, 'Live', { aliasName: 'live', version: front.currentVersion, provisionedConcurrentExecutions: 1 });
  new RestApi(stack, 'Api', { deployOptions: {} }).root.addProxy({ defaultIntegration: new LambdaIntegration(live) });
  const jobs = new Queue(stack, 'Jobs');
  plainFunction(stack, 'Worker', { timeout }).addEventSource(new SqsEventSource(jobs));
  const each = new MapState(stack, 'Each').itemProcessor(
    new LambdaInvoke(stack, 'Call', { lambdaFunction: plainFunction(stack, 'Item', { timeout }) }),
  );
  new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(each) });
}

const sources = readTemplates(assemblyOf(build));

type Load = readonly [requests: number, seconds: number, messages: number, executions: number, items: number, tokens: number];

function priced([requests, seconds, messages, executions, items, tokens]: Load, freeTier = false): Estimate {
  const duration = Duration.millis(Math.round(seconds * 1_000));
  const prices = { inputPrice: 3, outputPrice: 15 };
  return estimateTemplates(
    sources,
    {
      requestsPerMonth: requests,
      resources: [
        { resource: 'Front', duration, inputTokens: tokens, outputTokens: tokens, ...prices },
        { resource: 'Jobs', requestsPerMonth: messages },
        { resource: 'Worker', duration },
        { resource: 'Machine', requestsPerMonth: executions, mapItems: [{ state: 'Each', items }] },
        { resource: 'Item', duration },
      ],
    },
    { freeTier },
  );
}

const loads = fc.tuple(
  fc.integer({ min: 0, max: 1e9 }),
  fc.integer({ min: 0, max: 900 }),
  fc.integer({ min: 0, max: 1e9 }),
  fc.integer({ min: 0, max: 1e6 }),
  fc.integer({ min: 0, max: 1e4 }),
  fc.integer({ min: 0, max: 1e5 }),
);

test('more of anything never costs less', () => {
  fc.assert(
    fc.property(loads, fc.integer({ min: 0, max: 5 }), fc.boolean(), (load, which, freeTier) => {
      const more = load.map((value, index) =>
        index === which ? Math.min(value * 1.5 + 1, index === 1 ? 900 : Number.POSITIVE_INFINITY) : value,
      );
      const before = priced(load, freeTier).monthly;
      const after = priced(more as unknown as Load, freeTier).monthly;
      expect(after).toBeGreaterThanOrEqual(before - 1e-9 * before);
    }),
    { numRuns: 60 },
  );
});

test('lines add up, and the idle floor does not depend on what is asked', () => {
  const floor = priced([0, 0, 0, 0, 0, 0]).monthly;
  fc.assert(
    fc.property(loads, (load) => {
      const { monthly, idleFloor, lines, perRequest } = priced(load);
      expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(monthly, 6);
      expect(idleFloor).toBeCloseTo(floor, 8);
      expect(perRequest * load[0]).toBeCloseTo(load[0] === 0 ? 0 : monthly - idleFloor, 4);
    }),
    { numRuns: 60 },
  );
});

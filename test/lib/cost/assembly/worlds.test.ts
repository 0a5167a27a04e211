import { type App, CfnCondition, CfnParameter, CfnStack, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import { CfnEIP, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnServerlessCache } from 'aws-cdk-lib/aws-elasticache';
import { CfnIndex } from 'aws-cdk-lib/aws-kendra';
import { Alias, Architecture } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CfnParameter as CfnParameterOfSystemsManager } from 'aws-cdk-lib/aws-ssm';
import { CostModel } from '../../../../lib/cost/cost-model';
import { plainFunction } from '../../../fixtures/plain-function';
import { amounts, assemblyOf, costOf } from './synthesized';

const ADDRESS = 730 * 0.005;

/** A stack that has an address in production only, which is as the parameter says. */
function stage(stack: Stack): void {
  const parameter = new CfnParameter(stack, 'Stage', { type: 'String', default: 'test' });
  const production = new CfnCondition(stack, 'IsProduction', { expression: Fn.conditionEquals(parameter.valueAsString, 'prod') });
  new CfnEIP(stack, 'Address').cfnOptions.condition = production;
  new CfnServerlessCache(stack, 'Cache', {
    engine: 'valkey',
    serverlessCacheName: 'cache',
    cacheUsageLimits: { dataStorage: { unit: 'GB', minimum: Fn.conditionIf(production.logicalId, 5, 1) as never } },
  });
}

const cache = (gigabytes: number) => gigabytes * 730 * 0.084;

describe('one world is estimated', () => {
  test('by the defaults of the parameters', () => {
    expect(costOf(stage).monthly).toBeCloseTo(cache(1), 8);
  });

  test('by the parameters of the load', () => {
    expect(costOf(stage, { parameters: [{ name: 'Stage', value: 'prod' }] }).monthly).toBeCloseTo(cache(5) + ADDRESS, 8);
    expect(costOf(stage, { parameters: [{ name: 'App.Stage', value: 'other' }] }).monthly).toBeCloseTo(cache(1), 8);
  });

  test('by the conditions of the load, whatever the parameters are', () => {
    const estimate = costOf(stage, { conditions: [{ name: 'IsProduction', holds: true }] });
    expect(estimate.monthly).toBeCloseTo(cache(5) + ADDRESS, 8);
    expect(
      costOf(stage, { parameters: [{ name: 'Stage', value: 'prod' }], conditions: [{ name: 'IsProduction', holds: false }] }).monthly,
    ).toBeCloseTo(cache(1), 8);
  });

  test('what stays open is taken to hold, or not to be the value, and is said', () => {
    const open = (stack: Stack) => {
      const parameter = new CfnParameter(stack, 'Stage', { type: 'String' });
      new CfnEIP(stack, 'One').cfnOptions.condition = new CfnCondition(stack, 'A', {
        expression: Fn.conditionEquals(parameter.valueAsString, 'prod'),
      });
      new CfnEIP(stack, 'Two').cfnOptions.condition = new CfnCondition(stack, 'B', { expression: Fn.conditionEquals(stack.account, '1') });
      new CfnEIP(stack, 'Three').cfnOptions.condition = new CfnCondition(stack, 'C', {
        expression: Fn.conditionEquals(stack.region, 'us-east-1'),
      });
    };
    const estimate = costOf(open);
    expect(Object.keys(amounts(estimate))).toEqual(['App/Two: public IPv4 addresses', 'App/Three: public IPv4 addresses']);
    expect(estimate.assumptions).toEqual(
      expect.arrayContaining([
        `the templates leave \${AWS::AccountId}=1 open; it is taken to hold (the load's conditions can say otherwise)`,
        "the parameter App.Stage has no value; conditions that compare it do not hold (the load's parameters can state it)",
      ]),
    );
  });

  test('names that are none are one error', () => {
    const load = { parameters: [{ name: 'Stag', value: 'x' }], conditions: [{ name: 'Production', holds: true }] };
    expect(() => costOf(stage, load)).toThrow(
      'there is no parameter "Stag" in the assembly; did you mean Stage; there is no condition "Production" in the assembly; did you mean IsProduction',
    );
    expect(() => costOf((stack) => new Queue(stack, 'Q'), { conditions: [{ name: 'X', holds: true }] })).toThrow(
      'there is no condition "X" in the assembly; there are none',
    );
  });
});

describe('stacks', () => {
  test('nested stacks and several stacks are one bill, conditions of a nested stack follow its parameters', () => {
    const estimate = CostModel.estimateAssembly(
      assemblyOf((app) => {
        const first = new Stack(app, 'First');
        new Vpc(first, 'Vpc', { natGateways: 1, maxAzs: 2 });
        const nested = new NestedStack(first, 'Inner', { parameters: { Size: 'large' } });
        const size = new CfnParameter(nested, 'Size', { type: 'String', default: 'small' });
        const large = new CfnCondition(nested, 'IsLarge', { expression: Fn.conditionEquals(size.valueAsString, 'large') });
        new CfnEIP(nested, 'Address').cfnOptions.condition = large;
        const second = new Stack(app, 'Second');
        new Alias(second, 'Live', {
          aliasName: 'live',
          version: plainFunction(second, 'Fn', { memorySize: 1024, architecture: Architecture.ARM_64 }).currentVersion,
          provisionedConcurrentExecutions: 1,
        });
      }),
    );
    expect(Object.keys(amounts(estimate))).toEqual([
      'First/Vpc/PublicSubnet1/EIP: public IPv4 addresses',
      'First/Vpc/PublicSubnet1/NATGateway: NAT gateway',
      'First/Inner/Address: public IPv4 addresses',
      'Second/Fn: Lambda provisioned concurrency (arm64)',
    ]);
  });

  test('the Region of the assembly, another one with prices of its own, one without', () => {
    const nat = (region?: string) =>
      assemblyOf(
        (app: App) =>
          new CfnEIP(new Stack(app, 'App', region === undefined ? {} : { env: { region, account: '111111111111' } }), 'Address'),
      );
    const priced = (region?: string, options = {}) => CostModel.estimateAssembly(nat(region), {}, options);
    expect(priced('us-east-1').assumptions.filter((sentence) => sentence.includes('Region') || sentence.includes('stand in'))).toEqual([]);
    expect(priced('eu-west-1').assumptions).toContain('prices of us-east-1 stand in for those of eu-west-1, which do not ship');
    const own = priced('eu-west-1', { region: 'eu-west-1', prices: [{ id: 'vpc.public-ipv4', usd: 0.006 }] });
    expect(own.monthly).toBeCloseTo(730 * 0.006, 10);
    expect(() => priced('eu-west-1', { region: 'eu-west-1' })).toThrow('no prices of the region "eu-west-1" ship');
  });
});

test('what is neither priced nor free is named by type and path', () => {
  const estimate = costOf((stack) => {
    for (const id of ['A', 'B'])
      new CfnIndex(stack, id, { edition: 'DEVELOPER_EDITION', name: id, roleArn: 'arn:aws:iam::111111111111:role/r' });
  });
  expect(estimate.monthly).toBe(0);
  expect(estimate.assumptions).toContain('not priced: AWS::Kendra::Index (App/A, App/B)');
});

test('a nested stack whose template is elsewhere, and a parameter that costs', () => {
  const estimate = costOf((stack) => {
    new CfnStack(stack, 'Elsewhere', { templateUrl: 'https://example.com/template.json' });
    new CfnParameterOfSystemsManager(stack, 'Plain', { type: 'String', value: 'x' });
    new CfnParameterOfSystemsManager(stack, 'Long', { type: 'String', value: 'x', tier: 'Advanced' });
  });
  expect(estimate.assumptions).toEqual(
    expect.arrayContaining([
      'the resources of App/Elsewhere are not counted: the template of this nested stack is not there',
      'not priced: App/Long, an advanced parameter',
    ]),
  );
  expect(estimate.assumptions.join('\n')).not.toContain('App/Plain');
});

test('a directory that holds no assembly', () => {
  expect(() => CostModel.estimateAssembly('/nonexistent')).toThrow(
    '/nonexistent is not there; name an assembly directory (cdk.out) or a template file',
  );
});

test('hours of the month', () => {
  expect(costOf((stack) => new CfnEIP(stack, 'A'), {}, { monthHours: 720 }).monthly).toBeCloseTo(720 * 0.005, 10);
});

import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { WarmingReport } from '../../../lambda/contract/warming';
import type { LocalRunner } from '../../../lib/local/local-runner';
import { inlineFunction, runSmall, stopAll } from '../../lib/local/small-app';
import { pidsOf, Workshop } from './warm-stack';

jest.setTimeout(120_000);

describe('one warmer for functions of all kinds', () => {
  let shop: Workshop;
  let local: LocalRunner;
  let reports: WarmingReport[];
  beforeAll(async () => {
    shop = await Workshop.open();
    local = await runSmall((stack) => {
      const version = lambda.Version.fromVersionArn(stack, 'Gone', 'arn:aws:lambda:us-east-1:123456789012:function:gone:7');
      const gone = lambda.Alias.fromAliasAttributes(stack, 'GoneLive', { aliasName: 'live', aliasVersion: version });
      const bare = inlineFunction(stack, 'Bare', 'return { statusCode: 400 };');
      const bareLive = new lambda.Alias(stack, 'BareLive', { aliasName: 'live', version: bare.currentVersion });
      const targets = {
        Inside: { environments: 2, handler: 'streaming.inside' },
        Outside: { environments: 2, handler: 'streaming.outside' },
        Python: { environments: 2, handler: 'app.handler', runtime: lambda.Runtime.PYTHON_3_13 },
      };
      shop.keepWarm(stack, targets, [gone, bareLive]);
    });
    reports = (await local.function('Warm/Warmer').invoke({})) as WarmingReport[];
  });
  afterAll(async () => {
    await stopAll();
    shop.close();
  });

  test.each([
    ['Inside', 0],
    ['Outside', 1],
    ['Python', 2],
  ])('warms %s', async (id, index) => {
    const target = local.function(id);
    expect(reports[index]).toMatchObject({ asked: 2, distinct: 2, cold: 2, failed: 0, notReady: 0 });
    const { answers, cold } = await shop.requestsAtOnce(target, 2);
    expect(cold).toBe(0);
    const expected = pidsOf(target).map((pid) => (id === 'Python' ? { pid, loaded: 1 } : pid));
    expect(new Set(answers)).toEqual(new Set(expected));
  });

  test('tells which is gone and which is not wrapped, and sends them nothing more', () => {
    expect(reports.slice(3)).toMatchObject([
      { distinct: 0, failed: 2, rounds: 1, pings: 0 },
      { distinct: 0, failed: 2, rounds: 1, pings: 2 },
    ]);
    const log = local
      .function('Warm/Warmer')
      .logs.map(({ text }) => text)
      .join('\n');
    expect(log).toContain('ResourceNotFoundException');
    expect(log).toContain('wrap its handler in keepWarm');
  });
});

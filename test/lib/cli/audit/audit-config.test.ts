import { readConfig } from '../../../../lib/cli/audit/audit-config';
import { CommandError } from '../../../../lib/cli/command-error';

const RULES = ['lambda-memory', 'function-url-public'];

test('options, and acknowledgements with the place below which they hold', () => {
  const config = {
    accountConcurrency: 3_000,
    modelQuotas: [
      {
        modelId: 'anthropic.claude',
        tokensPerMinute: 200_000,
        requestsPerMinute: 50,
        inputTokens: 1_000,
        maxTokens: 500,
        requestSeconds: 2.5,
      },
    ],
    acknowledge: [
      { rule: 'lambda-memory', resource: 'Stack/Fn', reason: 'raised' },
      { rule: 'function-url-public', reason: 'a demo' },
    ],
  };
  expect(readConfig(JSON.stringify(config), RULES)).toEqual({
    options: { accountConcurrency: config.accountConcurrency, modelQuotas: config.modelQuotas },
    acknowledged: [
      { id: 'ServerlessAiChecks::lambda-memory', at: 'Stack/Fn', reason: 'raised' },
      { id: 'ServerlessAiChecks::function-url-public', at: '', reason: 'a demo' },
    ],
  });
  expect(readConfig('{}', RULES)).toEqual({ options: {}, acknowledged: [] });
});

function problemsOf(config: unknown): string[] {
  try {
    readConfig(typeof config === 'string' ? config : JSON.stringify(config), RULES);
  } catch (error) {
    if (error instanceof CommandError) return error.problems?.map(({ path, message }) => `${path}: ${message}`) ?? [error.message];
    throw error;
  }
  throw new Error('nothing was wrong');
}

test.each<[unknown, string]>([
  [{ modelQuota: [] }, 'modelQuota: is no field here; did you mean modelQuotas'],
  [{ zzz: 1 }, 'zzz: is no field here; there are modelQuotas, accountConcurrency, acknowledge'],
  [{ accountConcurrency: '1000' }, 'accountConcurrency: must be a number above 0, got "1000"'],
  [{ accountConcurrency: -1 }, 'accountConcurrency: must be a number above 0, got -1'],
  [{ accountConcurrency: 1.5 }, 'accountConcurrency: must be a whole number, got 1.5'],
  [{ modelQuotas: {} }, 'modelQuotas: must be a list, got {}'],
  [{ modelQuotas: [{}] }, 'modelQuotas[0].modelId: is missing'],
  [{ modelQuotas: [{ modelId: 'm', tokenPerMinute: 1 }] }, 'modelQuotas[0].tokenPerMinute: is no field here; did you mean tokensPerMinute'],
  [{ modelQuotas: [{ modelId: 'm', tokensPerMinute: 0 }] }, 'modelQuotas[0].tokensPerMinute: must be a number above 0, got 0'],
  [
    { modelQuotas: [1] },
    'modelQuotas[0]: must be an object with modelId, tokensPerMinute, requestsPerMinute, inputTokens, maxTokens, requestSeconds, got 1',
  ],
  [
    { acknowledge: [{ rule: 'lambda-memroy', reason: 'r' }] },
    'acknowledge[0].rule: "lambda-memroy" is no rule; did you mean lambda-memory',
  ],
  [{ acknowledge: [{ rule: 'lambda-memory' }] }, 'acknowledge[0].reason: is missing'],
  [{ acknowledge: [{ rule: 'lambda-memory', reason: ' ' }] }, 'acknowledge[0].reason: must be text, got " "'],
  [[], ': must be an object with modelQuotas, accountConcurrency, acknowledge, got []'],
  ['none.json', '--config is neither a file nor JSON: Unexpected token \'o\', "none.json" is not valid JSON'],
])('%j is refused', (config, problem) => {
  expect(problemsOf(config)).toEqual([problem]);
});

test('every problem is told of, the first in the one line', () => {
  expect(problemsOf({ accountConcurrency: 0, acknowledge: 'x' })).toHaveLength(2);
  expect(() => readConfig('{"accountConcurrency": 0, "acknowledge": 1}', RULES)).toThrow(
    '--config: accountConcurrency must be a number above 0, got 0, and 1 more',
  );
});

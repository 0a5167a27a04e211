import { readLoad } from '../../../../lib/cost/assembly/read-load';
import { CostError } from '../../../../lib/cost/cost-error';

test('a load of a file', () => {
  const { resources = [], ...rest } = readLoad({
    requestsPerMonth: 1000,
    resources: [
      { resource: 'Chat/Function', duration: '2 s', payload: { kilobytes: 4 } },
      { resource: 'Machine', mapItems: [{ state: 'Each', items: 5 }] },
    ],
    parameters: [{ name: 'Stage', value: 'prod' }],
    conditions: [{ name: 'IsProd', holds: true }],
  });
  expect(rest).toEqual({
    requestsPerMonth: 1000,
    parameters: [{ name: 'Stage', value: 'prod' }],
    conditions: [{ name: 'IsProd', holds: true }],
  });
  expect(resources[0]?.duration?.toSeconds()).toBe(2);
  expect(resources[0]?.payload?.toKibibytes()).toBe(4);
  expect(resources[1]?.mapItems).toEqual([{ state: 'Each', items: 5 }]);
});

test.each<[unknown, string]>([
  [[], 'the load must be an object with requestsPerMonth, resources, parameters …, got []'],
  [{ request: 5 }, 'request is no field of a load; there are requestsPerMonth, resources, parameters, conditions'],
  [{ requestPerMonth: 5 }, 'requestPerMonth is no field of a load; did you mean requestsPerMonth'],
  [{ requestsPerMonth: '5' }, 'requestsPerMonth must be a number, got "5"'],
  [{ resources: {} }, 'resources must be a list, got {}'],
  [{ resources: [{ duration: '2 s' }] }, 'resources[0].resource is missing'],
  [{ resources: [{ resource: '' }] }, 'resources[0].resource must be text, got ""'],
  [{ resources: [{ resource: 'A', durations: '2 s' }] }, 'resources[0].durations is no field of a load; did you mean duration'],
  [
    { resources: [{ resource: 'A', duration: 2 }] },
    'resources[0].duration must be a time such as "90 s", got 2; a bare number has no unit',
  ],
  [{ resources: [{ resource: 'A', mapItems: [{ items: 5 }] }] }, 'resources[0].mapItems[0].state is missing'],
  [{ conditions: [{ name: 'A', holds: 'yes' }] }, 'conditions[0].holds must be true or false, got "yes"'],
])('%j is refused', (json, message) => {
  expect(() => readLoad(json)).toThrow(new CostError([message]));
});

import { CostModel } from '../../../lib/cost/cost-model';
import { readUsages } from '../../../lib/cost/read-usage';
import type { Field, Service } from '../../../lib/cost/service';
import { SERVICES } from '../../../lib/cost/service-table';
import { ServiceUsage } from '../../../lib/cost/service-usage';
import { near } from '../../../lib/workload/near';

const TABLE: Readonly<Record<string, Service<object>>> = SERVICES;

/** Names of prices that are part of an id. */
const TEXTS: Readonly<Record<string, string>> = {
  managedInstances: 'm7g.xlarge',
  ec2: 'g5.xlarge',
  sageMakerInstances: 'ml.g5.xlarge',
  elastiCacheNodes: 'cache.t4g.micro',
  modelTokens: 'the list',
};

function sample(service: string, name: string, field: Field, choice: number): unknown {
  switch (field.kind) {
    case 'number':
      return name === 'cacheGigabytes' ? 0.5 : Math.min(field.max ?? 2, 2);
    case 'duration':
      return '2 s';
    case 'size':
      return { mebibytes: Math.min(field.max ?? 4096, Math.max(field.min ?? 0, 4096)) };
    case 'flag':
      return choice === 0;
    case 'text':
      return TEXTS[service];
    case 'choice':
      return field.values[choice % field.values.length];
  }
}

const fieldsOf = (service: Service<object>) => Object.entries(service.fields as Readonly<Record<string, Field>>);

describe.each(Object.entries(TABLE))('%s', (name, service) => {
  test('is named as in its table, and has a static of that name', () => {
    expect(service.name).toBe(name);
    expect(typeof (ServiceUsage as unknown as Readonly<Record<string, unknown>>)[name]).toBe('function');
  });

  test.each([0, 1, 2])('is priced whatever it states (%d)', (choice) => {
    const entry = Object.fromEntries(fieldsOf(service).map(([key, field]) => [key, sample(name, key, field, choice)]));
    const { usages } = readUsages({ usages: [{ service: name, ...entry }] });
    const { lines, monthly } = CostModel.estimateUsage([...usages]);
    expect(lines.length).toBeGreaterThan(0);
    expect(Number.isFinite(monthly)).toBe(true);
  });

  test('is priced with no more than what is required', () => {
    const fields = fieldsOf(service).filter(([, field]) => field.required);
    const entry = Object.fromEntries(fields.map(([key, field]) => [key, sample(name, key, field, 0)]));
    const { usages } = readUsages({ usages: [{ service: name, ...entry }] });
    expect(CostModel.estimateUsage([...usages]).monthly).toBeGreaterThanOrEqual(0);
  });

  test('a letter too many in a field is found', () => {
    const [key = ''] = fieldsOf(service)[0] ?? [];
    expect(near(`${key}x`, Object.keys(service.fields))).toBe(key);
    expect(() => readUsages({ usages: [{ service: name, [`${key}x`]: 1 }] })).toThrow(`did you mean ${key}`);
  });
});

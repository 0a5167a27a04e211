import { CostModel } from '../../../lib/cost/cost-model';
import { readUsages } from '../../../lib/cost/read-usage';

const LAMBDA = { service: 'lambda', requests: 1000, duration: '200 ms', memory: '1 GB' };
const monthly = (file: unknown) => CostModel.estimateUsage([...readUsages(file).usages]).monthly;

test.each([
  [{ seconds: 0.2 }, { gigabytes: 1 }],
  ['0.2 s', '1024 MB'],
  [{ milliseconds: 200 }, '1 GiB'],
])('a duration is %j, a size %j', (duration, memory) => {
  expect(monthly({ usages: [{ ...LAMBDA, duration, memory }] })).toBeCloseTo(monthly({ usages: [LAMBDA] }), 12);
});

test('the requests of the month may be stated for all usages', () => {
  expect(readUsages({ usages: [LAMBDA], requestsPerMonth: 50 }).requestsPerMonth).toBe(50);
  expect(() => readUsages({ usages: [LAMBDA], requestsPerMonth: -5 })).toThrow(
    'requestsPerMonth must be a number that is not negative, got -5',
  );
});

test.each([
  [null, /^a usage file is an object/],
  [[LAMBDA], /^a usage file is an object/],
  [{ usages: LAMBDA }, /^a usage file is an object/],
  [{ usages: [5] }, 'usages[0] must be an object with a service, such as {"service": "lambda", ...}, got 5'],
  [{ usages: [{ requests: 1 }] }, /^usages\[0\] must be an object with a service/],
  [{ usages: [{ service: 'constructor' }] }, /^usages\[0\]: unknown service "constructor"/],
  [{ usages: [{ ...LAMBDA, duration: '-5 s' }] }, 'usages[0].duration must not be negative, got "-5 s"'],
  [{ usages: [{ ...LAMBDA, memory: '8 bananas' }] }, /^usages\[0\]\.memory "bananas" is no unit of size/],
])('refuses %j', (file, message) => {
  expect(() => readUsages(file)).toThrow(message);
});

test('names all that is wrong in one error', () => {
  const file = { usages: [{ ...LAMBDA, requests: -1 }, { service: 'sqz' }], more: 1 };
  expect(() => readUsages(file)).toThrow(
    /more.*usages\[0\]: lambda\.requests must be.*usages\[1\]: unknown service "sqz", did you mean sqs/,
  );
});

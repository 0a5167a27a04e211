import fc from 'fast-check';
import { problemLine, readProfile } from '../../../lib/workload/read-profile';

const linesOf = (value: unknown) => readProfile(value).problems.map(problemLine);
const secondsOf = (time: unknown) => readProfile({ duration: { typical: time } }).profile?.duration?.typical.toSeconds({ integral: false });
const megabytesOf = (size: unknown) => {
  const bytes = readProfile({ memory: size }).profile?.memory?.toBytes();
  return bytes === undefined ? undefined : bytes / 1024 ** 2;
};

test.each([
  ['250 ms', 0.25],
  ['90 s', 90],
  ['90s', 90],
  ['15 min', 900],
  ['1.5 hours', 5_400],
  ['3 d', 259_200],
  [{ seconds: 90 }, 90],
  [{ minutes: 2 }, 120],
  [{ milliseconds: 1 }, 0.001],
])('the time %j is %d s', (time, seconds) => {
  expect(secondsOf(time)).toBeCloseTo(seconds, 9);
});

test.each([
  ['8 GB', 8_192],
  ['8 GiB', 8_192],
  ['512 MB', 512],
  ['512mb', 512],
  ['1 TB', 1_048_576],
  [{ gigabytes: 8 }, 8_192],
  [{ mebibytes: 3 }, 3],
  [{ kibibytes: 512 }, 0.5],
])('the size %j is %d MB, binary as in the CDK', (size, megabytes) => {
  expect(megabytesOf(size)).toBe(megabytes);
});

test('a profile with every field is read to the last one', () => {
  const { profile, problems } = readProfile({
    name: 'support',
    duration: { typical: '2 s', worst: '30 s' },
    steps: [{ name: 'answer', duration: '2 s', memory: '1 GB', gpu: false, waiting: '1 s' }],
    memory: '1 GB',
    packageSize: '40 MB',
    modelSize: '0 MB',
    gpu: false,
    traffic: { requestsPerMonth: 1e6, peakPerSecond: 50, shape: 'spiky', activeHoursPerDay: 8 },
    latency: { p50: '2 s', p99: '5 s', coldBudget: '0 s' },
    streaming: true,
    state: { kind: 'conversation', size: '20 KB' },
    alwaysOn: false,
    multiAgent: 'loose',
    eventSource: 'http',
    payload: { request: '10 KB', response: '20 KB' },
    constraints: { vpc: true, region: 'eu-central-1', euOnly: true, awsOnly: true, containerImage: false, language: 'python' },
    tokens: { input: 1_000, output: 200, inputPrice: 3, outputPrice: 15 },
  });
  expect(problems).toEqual([]);
  expect(profile?.steps?.[0]?.duration.typical.toSeconds()).toBe(2);
  expect(profile).toMatchObject({ traffic: { shape: 'spiky', peakPerSecond: 50 }, constraints: { euOnly: true }, tokens: { output: 200 } });
});

test.each([
  [
    { traffic: { requestPerMonth: 5 } },
    [
      'traffic.requestPerMonth is no field of a profile; did you mean requestsPerMonth',
      'traffic.requestsPerMonth is missing; traffic needs it: requests or jobs in a month',
    ],
  ],
  [{ memroy: '1 GB' }, ['memroy is no field of a profile; did you mean memory']],
  [{ package_size: '1 GB' }, ['package_size is no field of a profile; did you mean packageSize']],
  [{ traffic: { requestsPerMonth: -5 } }, ['traffic.requestsPerMonth must not be negative, got -5']],
  [{ traffic: { requestsPerMonth: 1e30 } }, ['traffic.requestsPerMonth must be at most 1,000,000,000,000, got 1e+30']],
  [{ traffic: { requestsPerMonth: '5' } }, ['traffic.requestsPerMonth must be a number, got the text "5"; leave out the quotes']],
  [{ traffic: { requestsPerMonth: Number.NaN } }, ['traffic.requestsPerMonth must be a finite number, got NaN']],
  [
    { traffic: { requestsPerMonth: 5, shape: 'burst' } },
    ['traffic.shape must be one of steady, bursty, spiky, got "burst"; did you mean bursty'],
  ],
  [{ traffic: { requestsPerMonth: 5, activeHoursPerDay: 25 } }, ['traffic.activeHoursPerDay must be at most 24, got 25']],
  [{ duration: '90 parsecs' }, ['duration "parsecs" is no unit of time, got "90 parsecs"; write ms, s, min, h, d, such as "90 s"']],
  [{ duration: { typical: '8 GB' } }, ['duration.typical must be a time, got the size "8 GB"; write ms, s, min, h, d, such as "90 s"']],
  [{ memory: '90 s' }, ['memory must be a size, got the time "90 s"; write B, KB, MB, GB, TB, such as "8 GB"']],
  [{ memory: 8 }, ['memory must be a size such as "8 GB", got 8; a bare number has no unit']],
  [
    { memory: { gigabytes: 8, megabytes: 1 } },
    [expect.stringMatching(/^memory must be a size with one of bytes, .* got \{"gigabytes":8,"megabytes":1\}$/)],
  ],
  [{ memory: { gigabytes: '8' } }, ['memory must have a number of gigabytes, got {"gigabytes":"8"}']],
  [{ memory: { stones: 8 } }, [expect.stringMatching(/^memory "stones" is no unit of size/)]],
  [{ memory: '0 GB' }, ['memory must be more than 0, got "0 GB"']],
  [{ memory: '-1 GB' }, ['memory must not be negative, got "-1 GB"']],
  [{ memory: '1e30 GB' }, ['memory must be at most 1 PB, got "1e30 GB"; no workload of this advisor is that large']],
  [{ memory: '' }, ['memory must be a size such as "8 GB", got ""']],
  [{ memory: null }, ['memory is empty; give it a value, or leave the field out where it is not known']],
  [{ gpu: 'yes' }, ['gpu must be true or false, got "yes"']],
  [{ name: '  ' }, ['name must be text, got "  "']],
  [{ steps: [] }, ['steps must have at least one entry; leave the field out where there is none']],
  [{ steps: {} }, ['steps must be a list, got {}']],
  [
    {
      steps: [
        { name: 'a', duration: '1 s' },
        { name: 'a', duration: '1 s' },
      ],
    },
    ['steps[1].name is taken by another step, got "a"'],
  ],
  [{ steps: [{ name: 'a', duration: '1 s', waiting: '2 s' }] }, ["steps[0].waiting must not be more than the step's 1 s, got 2 s"]],
  [{ steps: ['a'] }, ['steps[0] must be an object with name, duration, memory …, got "a"']],
  [{ duration: { worst: '1 s' } }, ['duration.typical is missing; duration needs it: the usual time']],
  [{ duration: { typical: '2 s', worst: '1 s' } }, ['duration.worst must not be less than the typical time of 2 s, got 1 s']],
  [{ latency: { p50: '2 s', p99: '1 s' } }, ['latency.p99 must not be less than the p50 of 2 s, got 1 s']],
  [{ memory: '1 GB', modelSize: '1.5 GB' }, ["memory must not be less than the model's 1536 MB, which it includes, got 1024 MB"]],
  [
    { traffic: { requestsPerMonth: 1e9, peakPerSecond: 1 } },
    ['traffic.peakPerSecond must not be less than the average of the month, 373 per second, got 1'],
  ],
  [[], ['the profile must be an object with name, duration, steps …, got []']],
  [null, ['the profile must be an object with name, duration, steps …, got null']],
  ['8 GB', ['the profile must be an object with name, duration, steps …, got "8 GB"']],
] as [unknown, unknown[]][])('fails on %j', (value, lines) => {
  expect(linesOf(value)).toEqual(lines);
});

test('all problems of a file come at once, each with its path', () => {
  const { profile, problems } = readProfile({ memory: -1, traffic: { requestsPerMonth: -1, shape: 'wild' }, constraints: { vpc: 1 } });
  expect(profile).toBeUndefined();
  expect(problems.map(({ path }) => path)).toEqual(['memory', 'traffic.requestsPerMonth', 'traffic.shape', 'constraints.vpc']);
});

test('names of every object are no fields', () => {
  expect(linesOf(JSON.parse('{"__proto__": {}, "constructor": 1, "toString": 2}'))).toHaveLength(3);
  expect(linesOf({ memory: JSON.parse('{"__proto__": 1}') })).toHaveLength(1);
});

test('never throws, gives a profile or problems, and each problem is one line', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const { profile, problems } = readProfile(value);
      expect(profile === undefined).toBe(problems.length > 0);
      for (const problem of problems) expect(problemLine(problem)).not.toMatch(/\n/);
    }),
  );
});

test('a time or a size means the same in every unit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), (amount) => {
      expect(secondsOf(`${amount} min`)).toBe(secondsOf({ seconds: amount * 60 }));
      expect(megabytesOf(`${amount} GB`)).toBe(megabytesOf({ megabytes: amount * 1_024 }));
    }),
  );
});

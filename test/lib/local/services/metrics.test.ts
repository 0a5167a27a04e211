import { gzipSync } from 'node:zlib';
import { LocalMetrics } from '../../../../lib/local/services/metrics';
import { gatewayOver, type TestGateway } from './test-gateway';

const metrics = new LocalMetrics({ now: () => 5000, sleep: () => Promise.resolve() });
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await gatewayOver(metrics);
});
afterAll(() => gateway.close());
afterEach(() => metrics.empty());

function put(body: Buffer | string, headers: Readonly<Record<string, string>>, path = '/'): Promise<Response> {
  const authorization = 'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=0';
  return fetch(gateway.url + path, { method: 'POST', body, headers: { authorization, ...headers } });
}

const EXPECTED = { namespace: 'App', name: 'n', unit: 'Count', values: [2.5], dimensions: { d: 'x' }, time: 5000 };
const DATUM = { MetricName: 'n', Unit: 'Count', Value: 2.5, Dimensions: [{ Name: 'd', Value: 'x' }] };

test('the JSON protocol, also compressed', async () => {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'GraniteServiceVersion20100801.PutMetricData' };
  const body = JSON.stringify({ Namespace: 'App', MetricData: [DATUM] });
  expect((await put(body, headers)).status).toBe(200);
  expect((await put(gzipSync(body), { ...headers, 'content-encoding': 'gzip' })).status).toBe(200);
  expect(metrics.data).toEqual([EXPECTED, EXPECTED]);
});

test('the query protocol', async () => {
  const form = new URLSearchParams({
    Action: 'PutMetricData',
    Namespace: 'App',
    'MetricData.member.1.MetricName': 'n',
    'MetricData.member.1.Unit': 'Count',
    'MetricData.member.1.Value': '2.5',
    'MetricData.member.1.Dimensions.member.1.Name': 'd',
    'MetricData.member.1.Dimensions.member.1.Value': 'x',
    'MetricData.member.2.MetricName': 'm',
    'MetricData.member.2.Timestamp': '1970-01-01T00:00:07Z',
    'MetricData.member.2.Values.member.1': '1',
    'MetricData.member.2.Values.member.2': '3',
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-amz-target': 'PutMetricData' };
  expect((await put(form.toString(), headers)).status).toBe(200);
  expect(metrics.data).toEqual([EXPECTED, { namespace: 'App', name: 'm', unit: 'None', values: [1, 3], dimensions: {}, time: 7000 }]);
});

test('the CBOR protocol', async () => {
  const text = (value: string) => Buffer.concat([Buffer.of(0x60 + value.length), Buffer.from(value)]);
  const body = Buffer.concat([
    Buffer.of(0xa2),
    text('Namespace'),
    text('App'),
    text('MetricData'),
    // A list and a map without a length, a double, and a date, which is tagged.
    Buffer.of(0x9f, 0xbf),
    text('MetricName'),
    text('n'),
    text('Value'),
    Buffer.of(0xfb, 0x40, 0x04, 0, 0, 0, 0, 0, 0),
    text('Unit'),
    text('Count'),
    text('Timestamp'),
    Buffer.of(0xc1, 0x05),
    text('Dimensions'),
    Buffer.of(0x81, 0xa2),
    text('Name'),
    text('d'),
    text('Value'),
    text('x'),
    Buffer.of(0xff, 0xff),
  ]);
  const headers = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor', 'x-amz-target': 'PutMetricData' };
  const response = await put(body, headers);
  expect([response.status, response.headers.get('smithy-protocol')]).toEqual([200, 'rpc-v2-cbor']);
  expect(metrics.data).toEqual([EXPECTED]);
});

test.each([
  ['plain text', []],
  ['{"_aws": broken', []],
  ['{"_aws":{"CloudWatchMetrics":[]}}', []],
  [
    '{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"N","Dimensions":[],"Metrics":[{"Name":"a"},{"Name":"absent"}]}]},"a":1}',
    ['a'],
  ],
])('a line of a log: %s', (line, names) => {
  metrics.readLine(line);
  expect(metrics.data.map(({ name }) => name)).toEqual(names);
});

import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { type Clock, SystemClock } from '../clock';
import type { ServiceHandler, ServiceRequest } from '../gateway/service';
import { decodeCbor } from './cbor';
import { embeddedMetrics } from './embedded-metrics';
import type { LocalService, ServiceRegistry } from './local-service';
import { operationOf, refuseOperation, replyJson } from './reply';

/** What was put to a metric of CloudWatch, by a call or by a line of a log. */
export interface MetricDatum {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string;
  readonly values: readonly number[];
  readonly dimensions: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly time: number;
}

interface Put {
  readonly Namespace?: string;
  readonly MetricData?: readonly Readonly<Record<string, unknown>>[];
}

/** CloudWatch's metrics, kept as they come. */
export class LocalMetrics implements LocalService {
  private readonly kept: MetricDatum[] = [];

  constructor(private readonly clock: Clock = new SystemClock()) {}

  /** Everything so far, oldest first. */
  get data(): readonly MetricDatum[] {
    return this.kept;
  }

  register(registry: ServiceRegistry): void {
    registry.register('monitoring', this.handle);
  }

  /** A line that a function wrote to its log. */
  readLine(text: string): void {
    this.kept.push(...embeddedMetrics(text));
  }

  async stop(): Promise<void> {}

  async empty(): Promise<void> {
    this.kept.length = 0;
  }

  private readonly handle: ServiceHandler = (request, response) => {
    if (operationOf(request) !== 'PutMetricData') return refuseOperation(response, request);
    const { Namespace = '', MetricData = [] } = putOf(request);
    this.kept.push(...MetricData.map((datum) => this.datumOf(Namespace, datum)));
    if (request.request.headers['smithy-protocol'] === 'rpc-v2-cbor') {
      response.writeHead(200, { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' });
      // An empty map.
      response.end(Buffer.of(0xa0));
    } else if (isForm(request)) {
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.end(
        `<PutMetricDataResponse><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></PutMetricDataResponse>`,
      );
    } else replyJson(response, {});
  };

  private datumOf(namespace: string, datum: Readonly<Record<string, unknown>>): MetricDatum {
    const { MetricName, Unit = 'None', Value, Values, Dimensions = [], Timestamp } = datum;
    return {
      namespace,
      name: String(MetricName),
      unit: String(Unit),
      values: (Array.isArray(Values) ? Values : [Value]).filter((value) => value !== undefined).map(Number),
      dimensions: Object.fromEntries((Dimensions as { Name: string; Value: string }[]).map(({ Name, Value: of }) => [Name, of])),
      time: timeOf(Timestamp) ?? this.clock.now(),
    };
  }
}

/** Clients send seconds, or a date as text. */
function timeOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value * 1000;
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : parsed;
}

function isForm({ request }: ServiceRequest): boolean {
  return String(request.headers['content-type']).startsWith('application/x-www-form-urlencoded');
}

function putOf(request: ServiceRequest): Put {
  const body = request.request.headers['content-encoding'] === 'gzip' ? gunzipSync(request.body) : request.body;
  if (request.request.headers['smithy-protocol'] === 'rpc-v2-cbor') return decodeCbor(body) as Put;
  return isForm(request) ? formOf(new URLSearchParams(body.toString('utf8'))) : (JSON.parse(body.toString('utf8')) as Put);
}

/** `MetricData.member.1.Dimensions.member.1.Name` and the like. */
function formOf(form: URLSearchParams): Put {
  const root: Record<string, unknown> = {};
  for (const [path, value] of form) {
    const steps = path.replaceAll('.member.', '.').split('.');
    let at = root;
    for (const [index, step] of steps.slice(0, -1).entries()) {
      at[step] ??= /^\d+$/.test(steps[index + 1] ?? '') ? [] : {};
      at = at[step] as Record<string, unknown>;
    }
    at[steps.at(-1) ?? ''] = value;
  }
  return listed(root) as Put;
}

/** Members are counted from 1. */
function listed(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(1).map(listed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, listed(inner)]));
}

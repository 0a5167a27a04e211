import type { Field, Fields, Shape } from './field';
import { AgentCoupling, EventSource, StateKind, TrafficShape } from './workload-profile';

const optional = (shape: Shape, about: string): Field => ({ shape, about, required: false });
const required = (shape: Shape, about: string): Field => ({ shape, about, required: true });

const TEXT: Shape = { kind: 'text' };
const FLAG: Shape = { kind: 'flag' };
const DURATION: Shape = { kind: 'duration', positive: true };
const DURATION_OR_ZERO: Shape = { kind: 'duration', positive: false };
const SIZE: Shape = { kind: 'size', positive: true };
const SIZE_OR_ZERO: Shape = { kind: 'size', positive: false };
const TIME_RANGE: Shape = { kind: 'timeRange' };
const count = (max: number): Shape => ({ kind: 'number', max, whole: false, positive: false });
const choice = (values: Readonly<Record<string, string>>): Shape => ({ kind: 'choice', values: Object.values(values) });
const object = (fields: Fields): Shape => ({ kind: 'object', fields });

export const TIME_RANGE_FIELDS: Fields = {
  typical: required(DURATION, 'the usual time'),
  worst: optional(DURATION, 'the longest time; as the typical one where it is left out'),
};

const STEP_FIELDS: Fields = {
  name: required(TEXT, 'name of the step'),
  duration: required(TIME_RANGE, 'time from the start of the step to its end'),
  memory: optional(SIZE, 'memory of the step; that of the workload where it is left out'),
  gpu: optional(FLAG, 'runs on a GPU; as the workload where it is left out'),
  waiting: optional(DURATION_OR_ZERO, 'time in which the step waits for something outside and computes nothing'),
};

const TRAFFIC_FIELDS: Fields = {
  requestsPerMonth: required(count(1e12), 'requests or jobs in a month'),
  peakPerSecond: optional(count(1e7), 'most that arrive in one second'),
  shape: optional(choice(TrafficShape), 'steady, bursty (quiet and busy hours) or spiky (peaks of a hundred times the average)'),
  activeHoursPerDay: optional({ kind: 'number', max: 24, whole: false, positive: true }, 'hours of a day in which requests come'),
};

const LATENCY_FIELDS: Fields = {
  p50: optional(DURATION, 'half of the answers come within this time'),
  p99: optional(DURATION, '99 of 100 answers come within this time'),
  coldBudget: optional(DURATION_OR_ZERO, 'longest start of a new environment that is still good'),
};

const STATE_FIELDS: Fields = {
  kind: required(choice(StateKind), 'what is kept between requests'),
  size: optional(SIZE_OR_ZERO, 'size of one conversation or record'),
};

const PAYLOAD_FIELDS: Fields = {
  request: optional(SIZE_OR_ZERO, 'largest request'),
  response: optional(SIZE_OR_ZERO, 'largest answer'),
};

const CONSTRAINT_FIELDS: Fields = {
  vpc: optional(FLAG, 'must run in a VPC'),
  region: optional(TEXT, 'AWS Region that it must run in'),
  euOnly: optional(FLAG, 'data must stay in the European Union'),
  awsOnly: optional(FLAG, 'only AWS may be used'),
  containerImage: optional(FLAG, 'needs a container image, whatever its size'),
  language: optional(TEXT, 'nodejs, python, java, dotnet, go …'),
};

const TOKEN_FIELDS: Fields = {
  input: required(count(1e9), 'input tokens of one request'),
  output: required(count(1e9), 'output tokens of one request'),
  inputPrice: optional(count(1e5), 'price of a million input tokens in USD'),
  outputPrice: optional(count(1e5), 'price of a million output tokens in USD'),
};

/** Every field of a profile, by the struct's names: the one source of the reader and of the schema. */
export const PROFILE_FIELDS: Fields = {
  name: optional(TEXT, 'name of the workload'),
  duration: optional(TIME_RANGE, 'time from the start of one piece of work to its end; the sum of the steps where it is left out'),
  steps: optional({ kind: 'list', fields: STEP_FIELDS }, 'parts of the work that can run on their own, in order'),
  memory: optional(SIZE, 'memory that one piece of work needs at its peak, the model included'),
  packageSize: optional(SIZE_OR_ZERO, 'code and dependencies, unpacked and without the model'),
  modelSize: optional(SIZE_OR_ZERO, 'weights of a model that runs inside'),
  gpu: optional(FLAG, 'needs a GPU'),
  traffic: optional(object(TRAFFIC_FIELDS), 'how much comes, and when'),
  latency: optional(object(LATENCY_FIELDS), 'how soon answers must come'),
  streaming: optional(FLAG, 'answers are sent while they are made'),
  state: optional(object(STATE_FIELDS), 'what is kept between requests'),
  alwaysOn: optional(FLAG, 'a process must be there all the time, between requests as well'),
  multiAgent: optional(choice(AgentCoupling), 'none, loose (messages) or tight (shared memory)'),
  eventSource: optional(choice(EventSource), 'what starts the work'),
  payload: optional(object(PAYLOAD_FIELDS), 'largest request and answer'),
  constraints: optional(object(CONSTRAINT_FIELDS), 'what the team has decided before'),
  tokens: optional(object(TOKEN_FIELDS), 'tokens of one request to a model'),
};

import type { Resource } from '../../template/resource';
import type { ResourceGraph } from '../../template/resource-graph';
import { type Machine, machinesOf } from '../../template/state-machine';
import { CostError } from '../cost-error';
import { count } from '../rounding';
import { type Route, routesOf } from './api-edges';
import type { AssemblyLoad, ResourceLoad } from './assembly-load';
import type { Flow } from './bill';
import { type CallEdge, callEdges } from './call-edges';
import { labelOf, listed } from './find-resource';
import { type CountedRun, countRun } from './machine-run';
import { firingsPerMonth } from './schedule-rate';

/** How the requests of a month spread over the resources. */
export interface Traffic {
  flow(resource: Resource): Flow;
  /** One execution of a state machine, as its definition and the load have it. */
  run(machine: Resource): CountedRun | undefined;
  /** Requests that come from outside: through entry points, else to what the load states and nothing else reaches. */
  requests(): number;
  notes(): readonly string[];
}

const NO_FLOW: Flow = { scheduled: 0, loaded: 0 };
const URL = 'AWS::Lambda::Url';
/** Where requests come in. */
const ENTRY_POINTS = ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api', URL];

export function trafficOf(
  graph: ResourceGraph,
  loads: ReadonlyMap<Resource, ResourceLoad>,
  { requestsPerMonth }: AssemblyLoad,
  monthHours: number,
): Traffic {
  const notes = new Set<string>();
  const routes = routesOf(graph);
  const machines = new Map(machinesOf(graph).map((machine) => [machine.resource, machine]));
  const runs = new Map([...machines].map(([resource, machine]) => [resource, runOf(graph, machine, loads)]));
  const stated = statedRequests(loads, routes);
  const entries = graph.ofType(...ENTRY_POINTS);
  if (requestsPerMonth !== undefined) spread(requestsPerMonth, entries, stated, notes);
  const into = byTarget([...callEdges(graph), ...machineEdges(runs), ...apiEdges(entries, routes, stated, notes)]);
  const scheduled = firings(graph, monthHours, notes);
  const known = new Map<Resource, Flow>();
  const flow = (resource: Resource): Flow => {
    const before = known.get(resource);
    if (before !== undefined) return before;
    // What calls itself in a circle is counted once.
    known.set(resource, NO_FLOW);
    const parts = (into.get(resource) ?? []).map((edge) => ({ edge, flow: flow(edge.from) }));
    const reached = parts.reduce((sum, part) => sum + (part.edge.scheduledOnly ? 0 : part.flow.loaded * part.edge.times), 0);
    const flowing: Flow = {
      scheduled: (scheduled.get(resource) ?? 0) + parts.reduce((sum, part) => sum + part.flow.scheduled * part.edge.times, 0),
      loaded: stated.get(resource) ?? reached,
    };
    for (const part of parts) for (const note of stepNotes(resource, part.edge, part.flow, stated.has(resource))) notes.add(note);
    known.set(resource, flowing);
    return flowing;
  };
  const outside = () => {
    const entered = entries.reduce((sum, entry) => sum + (stated.get(entry) ?? 0), 0);
    if (entered > 0) return entered;
    const first = [...stated].filter(([resource]) => (into.get(resource) ?? []).every(({ from }) => flow(from).loaded === 0));
    return first.reduce((sum, [, requests]) => sum + requests, 0);
  };
  return { flow, run: (machine) => runs.get(machine), requests: outside, notes: () => [...notes] };
}

/** What the load states; an API has at least what its routes have. */
function statedRequests(loads: ReadonlyMap<Resource, ResourceLoad>, routes: readonly Route[]): Map<Resource, number> {
  const stated = new Map<Resource, number>();
  for (const [resource, { requestsPerMonth, puts }] of loads) {
    const requests = requestsPerMonth ?? (resource.type === 'AWS::S3::Bucket' ? puts : undefined);
    if (requests !== undefined) stated.set(resource, requests);
  }
  for (const { api, route } of routes) {
    if (loads.get(api)?.requestsPerMonth !== undefined || !stated.has(route)) continue;
    stated.set(api, (stated.get(api) ?? 0) + (stated.get(route) ?? 0));
  }
  return stated;
}

function spread(requests: number, entries: readonly Resource[], stated: Map<Resource, number>, notes: Set<string>): void {
  const open = entries.filter((entry) => !stated.has(entry));
  const [entry, ...others] = open;
  if (entry === undefined || others.length > 0) {
    const several = `there are ${open.length} entry points: ${open.map(labelOf).join(', ')}`;
    const none = entries.length === 0 ? 'there is neither an API nor a function URL' : 'the load states those of every entry point';
    throw new CostError([
      `requestsPerMonth has no one place to come in, ${open.length === 0 ? none : several}; state requestsPerMonth in the load's resources`,
    ]);
  }
  const rest = requests - entries.reduce((sum, one) => sum + (stated.get(one) ?? 0), 0);
  if (rest < 0)
    throw new CostError([`requestsPerMonth is ${count(requests)}, less than what the entry points have in the load's resources`]);
  stated.set(entry, rest);
  notes.add(`${count(rest)} requests a month come in through ${labelOf(entry)}`);
}

function runOf(graph: ResourceGraph, machine: Machine, loads: ReadonlyMap<Resource, ResourceLoad>): CountedRun {
  return countRun(graph, machine, loads.get(machine.resource)?.mapItems ?? []);
}

function machineEdges(runs: ReadonlyMap<Resource, CountedRun>): CallEdge[] {
  return [...runs].flatMap(([from, { calls }]) => [...calls].map(([to, times]) => ({ from, to, times })));
}

/** Requests of an API reach what its routes call: all of them where that is one thing, else as the load states it for the routes. */
function apiEdges(
  entries: readonly Resource[],
  routes: readonly Route[],
  stated: ReadonlyMap<Resource, number>,
  notes: Set<string>,
): CallEdge[] {
  const apis = entries.filter(({ type }) => type !== URL);
  return apis.flatMap((api): CallEdge[] => {
    const own = routes.filter((route) => route.api === api);
    const [target, ...others] = new Set(own.map(({ to }) => to));
    if (own.some(({ route }) => stated.has(route)))
      return own.flatMap(({ route, to }) => (to === undefined || !stated.has(route) ? [] : [{ from: route, to, times: 1 }]));
    if (own.length > 0 && others.length === 0) return target === undefined ? [] : [{ from: api, to: target, times: 1 }];
    if (stated.has(api)) notes.add(unknownTargets(api, own));
    return [];
  });
}

function unknownTargets(api: Resource, routes: readonly Route[]): string {
  const why =
    routes.length === 0
      ? 'no template shows its routes'
      : `its routes lead to several targets, and the load states none of ${listed(routes.map(({ route }) => labelOf(route)))}`;
  return `what the requests of ${labelOf(api)} call is not counted: ${why}`;
}

function byTarget(edges: readonly CallEdge[]): ReadonlyMap<Resource, readonly CallEdge[]> {
  const into = new Map<Resource, CallEdge[]>();
  for (const edge of edges) into.set(edge.to, [...(into.get(edge.to) ?? []), edge]);
  return into;
}

function stepNotes(to: Resource, { from, times, note, scheduledOnly = false }: CallEdge, flow: Flow, isStated: boolean): string[] {
  const calls = flow.scheduled + (scheduledOnly || isStated ? 0 : flow.loaded);
  if (calls === 0) return [];
  const each = times === 1 ? 'once' : `${count(times)} times`;
  return [`${labelOf(from)} calls ${labelOf(to)} ${each}: ${count(calls * times)} a month${note === undefined ? '' : `; ${note}`}`];
}

/** Calls that schedules and scheduled rules make whether or not anything is requested. */
function firings(graph: ResourceGraph, monthHours: number, notes: Set<string>): ReadonlyMap<Resource, number> {
  const found = new Map<Resource, number>();
  for (const schedule of graph.ofType('AWS::Scheduler::Schedule', 'AWS::Events::Rule')) {
    const expression = schedule.get('ScheduleExpression');
    if (expression === undefined || schedule.text('State') === 'DISABLED') continue;
    const times = typeof expression === 'string' ? firingsPerMonth(expression, monthHours) : undefined;
    if (times === undefined) notes.add(`how often ${labelOf(schedule)} fires cannot be told from its expression: it is not counted`);
    else found.set(schedule, times);
  }
  return found;
}

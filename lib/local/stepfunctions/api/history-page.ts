import type { HistoryEvent } from '../../asl/history';
import { isObject } from '../../calls/wire';
import { epoch } from '../execution-description';
import { pageOf } from './page';
import type { Parameters } from './parameters';

/** Members of event details that are data of the execution. */
const DATA = ['input', 'output', 'parameters', 'cause', 'assignedVariables'];

/** The answer of GetExecutionHistory. */
export function historyPage(history: readonly HistoryEvent[], parameters: Parameters): object {
  const ordered = parameters.flag('reverseOrder') === true ? [...history].reverse() : history;
  const { items, nextToken } = pageOf(ordered, parameters);
  const withData = parameters.flag('includeExecutionData') !== false;
  const events = items.map((event) => ({ ...(withData ? event : withoutData(event)), timestamp: epoch(event.timestamp) }));
  return { events, nextToken };
}

function withoutData(event: HistoryEvent): object {
  return Object.fromEntries(
    Object.entries(event).map(([name, details]) => {
      if (!name.endsWith('EventDetails') || !isObject(details)) return [name, details];
      return [name, Object.fromEntries(Object.entries(details).filter(([member]) => !DATA.includes(member)))];
    }),
  );
}

import { noResult, ReferenceConflict, readPath, writePath } from './expressions/json-path';
import { dynamicValue, fillTemplate } from './expressions/payload-template';
import type { AssignFields, CatcherFields, OutcomeFields, StateFields, Template } from './model';
import type { Completion, ErrorOutput, IntegerRange, QueryEngine, Scope } from './query-engine';
import { referenceConflict } from './reference-conflict';
import { StateError, StatesError } from './state-error';

export class JsonPathEngine implements QueryEngine {
  constructor(private readonly random: () => number) {}

  effectiveInput(fields: StateFields, scope: Omit<Scope, 'input'>): unknown {
    return select(fields.InputPath, { ...scope, input: scope.raw });
  }

  async payload(fields: StateFields, scope: Scope): Promise<unknown> {
    return fields.Parameters === undefined ? scope.input : fillTemplate(fields.Parameters, scope, this.random);
  }

  async template(template: Template, _field: string, scope: Scope): Promise<unknown> {
    return fillTemplate(template, scope, this.random);
  }

  async integer(fields: StateFields, name: string, scope: Scope, range: IntegerRange): Promise<number | undefined> {
    const path = fields[`${name}Path`];
    if (typeof path !== 'string') return fields[name] as number | undefined;
    const found = this.referenced(name, path, scope);
    const value = typeof found === 'string' && /^-?\d+$/.test(found) ? Number(found) : found;
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      throw runtime(`The ${name}Path parameter cannot be parsed as a long value: ${path} == ${JSON.stringify(found)}`);
    }
    if (value < 0) throw runtime(`The ${name}Path parameter references a negative value: ${path} == ${value}`);
    if (value < range.min || value > range.max) {
      throw runtime(`The ${name}Path parameter must be between ${range.min} and ${range.max}: ${path} == ${value}`);
    }
    return value;
  }

  async text(fields: StateFields, name: string, scope: Scope): Promise<string | undefined> {
    const path = fields[`${name}Path`];
    if (typeof path !== 'string') return fields[name] as string | undefined;
    const value = path.startsWith('$') ? this.referenced(name, path, scope) : dynamicValue(path, `${name}Path`, scope, this.random);
    if (typeof value !== 'string') throw runtime(`The ${name}Path parameter is not a string: ${path} == ${JSON.stringify(value)}`);
    return value;
  }

  async complete(fields: OutcomeFields, scope: Scope, result: unknown): Promise<Completion> {
    const selected =
      fields.ResultSelector === undefined ? result : fillTemplate(fields.ResultSelector, { ...scope, input: result }, this.random);
    const assigned = this.assign(fields.Assign, { ...scope, input: selected });
    const merged = merge(scope.raw, fields.ResultPath, selected);
    return { output: select(fields.OutputPath, { ...scope, input: merged }), assigned };
  }

  async caught(catcher: CatcherFields, scope: Scope, errorOutput: ErrorOutput): Promise<Completion> {
    const assigned = this.assign(catcher.Assign, { ...scope, input: errorOutput });
    return { output: merge(scope.raw, catcher.ResultPath, errorOutput), assigned };
  }

  private assign(fields: AssignFields | undefined, scope: Scope): Completion['assigned'] {
    return fillTemplate(fields ?? {}, scope, this.random) as Completion['assigned'];
  }

  private referenced(name: string, path: string, scope: Scope): unknown {
    const value = readPath(path, scope);
    if (value === undefined) throw runtime(`The ${name}Path parameter does not reference an input value: ${path}`);
    return value;
  }
}

/** InputPath and OutputPath: `null` stands for an empty object. */
function select(path: string | null | undefined, scope: Scope): unknown {
  if (path === undefined) return scope.input;
  if (path === null) return {};
  const value = readPath(path, scope);
  if (value === undefined) throw runtime(noResult(path, scope));
  return value;
}

function merge(raw: unknown, resultPath: string | null | undefined, result: unknown): unknown {
  if (resultPath === null) return raw;
  if (resultPath === undefined || resultPath === '$') return result;
  try {
    return writePath(raw, resultPath, result);
  } catch (error) {
    throw error instanceof ReferenceConflict ? referenceConflict(resultPath, error.step, raw) : error;
  }
}

function runtime(cause: string): StateError {
  return new StateError(StatesError.Runtime, cause);
}

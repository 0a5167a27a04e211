import { evaluateTemplate, unexpectedType } from './expressions/jsonata-expression';
import { jsonataFunctions } from './expressions/jsonata-functions';
import type { CatcherFields, OutcomeFields, StateFields, Template } from './model';
import type { Completion, ErrorOutput, IntegerRange, QueryEngine, Scope } from './query-engine';
import { StateError, StatesError } from './state-error';

interface StatesVariable {
  readonly result?: unknown;
  readonly errorOutput?: unknown;
}

export class JsonataEngine implements QueryEngine {
  private readonly functions: Record<string, unknown>;

  constructor(now: () => number, random: () => number) {
    this.functions = jsonataFunctions(now, random);
  }

  effectiveInput(_fields: StateFields, scope: Omit<Scope, 'input'>): unknown {
    return scope.raw;
  }

  async payload(fields: StateFields, scope: Scope): Promise<unknown> {
    return fields.Arguments === undefined ? scope.input : this.template(fields.Arguments, 'Arguments', scope);
  }

  template(template: Template, field: string, scope: Scope, extra: StatesVariable = {}): Promise<unknown> {
    const states = { input: scope.input, context: scope.context, ...extra };
    // Variables come last: a variable may have the name of a function.
    return evaluateTemplate(template, field, { ...this.functions, ...scope.variables, states });
  }

  async integer(fields: StateFields, name: string, scope: Scope, range: IntegerRange): Promise<number | undefined> {
    const source = fields[name];
    if (source === undefined) return undefined;
    const value = await this.template(source, name, scope);
    if (typeof value !== 'number') throw unexpectedType(source, name, 'number', value);
    if (!Number.isInteger(value)) {
      throw new StateError(StatesError.QueryEvaluation, `The ${name} field cannot be parsed as an integer: ${value}`);
    }
    if (value < range.min || value > range.max) {
      throw new StateError(StatesError.QueryEvaluation, `${name} must be between ${range.min} and ${range.max} but was: ${value}`);
    }
    return value;
  }

  async text(fields: StateFields, name: string, scope: Scope): Promise<string | undefined> {
    const source = fields[name];
    if (source === undefined) return undefined;
    const value = await this.template(source, name, scope);
    if (typeof value !== 'string') throw unexpectedType(source, name, 'string', value);
    return value;
  }

  complete(fields: OutcomeFields, scope: Scope, result: unknown, fromWork: boolean, where = ''): Promise<Completion> {
    return this.outcome(fields, scope, result, fromWork ? { result } : {}, where);
  }

  caught(catcher: CatcherFields, scope: Scope, errorOutput: ErrorOutput, where = ''): Promise<Completion> {
    return this.outcome(catcher, scope, errorOutput, { errorOutput }, where);
  }

  private async outcome(
    fields: OutcomeFields,
    scope: Scope,
    otherwise: unknown,
    extra: StatesVariable,
    where: string,
  ): Promise<Completion> {
    const assigned = (await this.template(fields.Assign ?? {}, `${where}Assign`, scope, extra)) as Completion['assigned'];
    const output = fields.Output === undefined ? otherwise : await this.template(fields.Output, `${where}Output`, scope, extra);
    return { output, assigned };
  }
}

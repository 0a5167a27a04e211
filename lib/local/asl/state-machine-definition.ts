import { SFN_DEFINITION } from '../../quotas/step-functions-quotas';
import { checkNumber, MAX_SECONDS } from './definition/check-values';
import { loadBlock } from './definition/load-block';
import { DefinitionError, isObject, Problems } from './definition/problems';
import type { QueryLanguage, StatesBlock } from './model';

export { DefinitionError, type DefinitionProblem } from './definition/problems';

/** A definition that passed every check, ready to run. */
export interface StateMachineDefinition {
  readonly block: StatesBlock;
  readonly queryLanguage: QueryLanguage;
  readonly timeoutSeconds?: number;
  readonly comment?: string;
}

export interface LoadOptions {
  /** Mocks answer every task, so that all is taken that CreateStateMachine takes. @default false */
  readonly mocked?: boolean;
}

const MACHINE_FIELDS = ['QueryLanguage', 'TimeoutSeconds', 'Version'];

/**
 * Loads a definition in the Amazon States Language.
 * @throws DefinitionError with every problem, when Step Functions would refuse it or the local run cannot interpret it faithfully
 */
export function loadDefinition(source: string | object, options: LoadOptions = {}): StateMachineDefinition {
  const problems = new Problems(options.mocked);
  const text = typeof source === 'string' ? source : JSON.stringify(source);
  const definition = parse(text);
  if (!isObject(definition)) throw new DefinitionError([{ path: '/', message: 'must be an object' }]);
  const size = Buffer.byteLength(text);
  if (size > SFN_DEFINITION.max!) problems.add('/', `must be at most ${SFN_DEFINITION.max} bytes, got ${size}`);
  const language = definition['QueryLanguage'] ?? 'JSONPath';
  if (language !== 'JSONata' && language !== 'JSONPath') {
    problems.add('/QueryLanguage', `must be JSONata or JSONPath, got ${JSON.stringify(language)}`);
  }
  if (definition['Version'] !== undefined && definition['Version'] !== '1.0') {
    problems.add('/Version', `must be "1.0", got ${JSON.stringify(definition['Version'])}`);
  }
  const timeoutSeconds = definition['TimeoutSeconds'] as number | undefined;
  checkNumber(timeoutSeconds, '/TimeoutSeconds', { min: 1, max: MAX_SECONDS }, problems);
  const queryLanguage: QueryLanguage = language === 'JSONata' ? 'JSONata' : 'JSONPath';
  const block = loadBlock(definition, '', MACHINE_FIELDS, {
    machineLanguage: queryLanguage,
    names: new Set(),
    outerVariables: new Set(),
    express: false,
    problems,
  });
  if (problems.found.length > 0) throw new DefinitionError(problems.found);
  const comment = definition['Comment'];
  return { block, queryLanguage, ...(timeoutSeconds && { timeoutSeconds }), ...(typeof comment === 'string' && { comment }) };
}

function parse(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    throw new DefinitionError([{ path: '/', message: `is not JSON: ${(error as Error).message}` }]);
  }
}

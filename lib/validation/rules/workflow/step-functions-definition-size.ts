import { SFN_DEFINITION } from '../../../quotas/step-functions-quotas';
import { type Machine, machinesOf } from '../../../template/state-machine';
import { ListValue, MapValue, partsOf, type Value } from '../../../template/value';
import type { Rule } from '../../rule';
import { isLiteral } from '../compute/literal';

/** Of a definition with references the text between them counts, of an object and of a file what it has without any layout: it is larger still. */
export const STEP_FUNCTIONS_DEFINITION_SIZE: Rule = {
  id: 'step-functions-definition-size',
  title: 'The definition of a state machine is larger than its quota',
  why: 'CloudFormation fails to create the state machine.',
  severity: 'error',
  fix: 'split the machine, or take prompts and other data out of the definition into S3 or a table',
  source: SFN_DEFINITION.source,
  check: (graph) =>
    machinesOf(graph).flatMap((machine) => {
      const { resource } = machine;
      const bytes = definitionBytes(machine);
      if (bytes <= SFN_DEFINITION.max!) return [];
      const seen = resource.get('DefinitionString') !== undefined && isLiteral(resource, 'DefinitionString') && { reportedByCdk: 'F3033' };
      return [{ resource, ...seen, message: `the definition must be at most ${SFN_DEFINITION.max} bytes, got at least ${bytes}` }];
    }),
};

function definitionBytes({ resource, definition }: Machine): number {
  const text = resource.get('DefinitionString');
  return text === undefined ? jsonBytes(definition) : textBytes(text);
}

function textBytes(value: Value): number {
  return partsOf(value).reduce<number>((sum, part) => sum + (typeof part === 'string' ? Buffer.byteLength(part) : 0), 0);
}

/** Bytes of the value as JSON: quotes, commas and colons count, what is not known does not. */
function jsonBytes(value: Value): number {
  if (value instanceof ListValue) return 1 + value.items.reduce<number>((sum, item) => sum + 1 + jsonBytes(item), 0);
  if (value instanceof MapValue)
    return 1 + value.entries.reduce<number>((sum, [key, entry]) => sum + 2 + JSON.stringify(key).length + jsonBytes(entry), 0);
  return typeof value === 'string' ? Buffer.byteLength(JSON.stringify(value)) : textBytes(value);
}

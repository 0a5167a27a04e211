import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { Fields, Shape } from '../../../lib/workload/field';
import { PROFILE_FIELDS, TIME_RANGE_FIELDS } from '../../../lib/workload/profile-fields';
import { profileSchemaText } from '../../../lib/workload/profile-schema';

const ROOT = join(__dirname, '..', '..', '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

test('the schema in docs is the one that the field table gives', () => {
  expect(read('docs/workload-profile.schema.json')).toBe(profileSchemaText());
});

/** Name, type and optionality of each member of each struct. */
function structs(): Map<string, string[]> {
  const source = ts.createSourceFile('profile.ts', read('lib/workload/workload-profile.ts'), ts.ScriptTarget.ES2022);
  const members = ({ members }: ts.InterfaceDeclaration) =>
    members
      .filter(ts.isPropertySignature)
      .map((member) => `${member.name.getText(source)}${member.questionToken === undefined ? '' : '?'}: ${member.type?.getText(source)}`);
  return new Map(source.statements.filter(ts.isInterfaceDeclaration).map((struct) => [struct.name.text, members(struct)]));
}

const CHOICES: Record<string, string> = {
  'steady,bursty,spiky': 'TrafficShape',
  'http,websocket,queue,stream,schedule,storage,event': 'EventSource',
  'none,loose,tight': 'AgentCoupling',
  'none,conversation,long-term': 'StateKind',
};
const OBJECTS: Record<string, string> = {
  traffic: 'Traffic',
  latency: 'LatencyObjective',
  state: 'WorkloadState',
  payload: 'Payload',
  constraints: 'TeamConstraints',
  tokens: 'TokenUse',
};

function typeOf(name: string, shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return 'string';
    case 'flag':
      return 'boolean';
    case 'number':
      return 'number';
    case 'duration':
      return 'Duration';
    case 'size':
      return 'Size';
    case 'timeRange':
      return 'TimeRange';
    case 'list':
      return 'WorkloadStep[]';
    case 'choice':
      return CHOICES[shape.values.join(',')]!;
    case 'object':
      return OBJECTS[name]!;
  }
}

const signatures = (fields: Fields) =>
  Object.entries(fields).map(([name, { shape, required }]) => `${name}${required ? '' : '?'}: ${typeOf(name, shape)}`);

const objectFields = Object.entries(PROFILE_FIELDS).flatMap(([name, { shape }]): [string, Fields][] => {
  if (shape.kind === 'object') return [[OBJECTS[name]!, shape.fields]];
  return shape.kind === 'list' ? [['WorkloadStep', shape.fields]] : [];
});

test.each([['WorkloadProfile', PROFILE_FIELDS], ['TimeRange', TIME_RANGE_FIELDS], ...objectFields] as [string, Fields][])(
  'the field table has the members of %s, with their types',
  (struct, fields) => {
    expect(signatures(fields)).toEqual(structs().get(struct));
  },
);

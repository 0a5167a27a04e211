// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of CloudFormation
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_ASSETS } from '../../../lib/template/assets';
import { ResourceGraph } from '../../../lib/template/resource-graph';
import { argumentsOf, functionArgument, integrationOf, machinesOf } from '../../../lib/template/state-machine';
import { render } from '../../../lib/template/value';
import { graphOfResources, sourceOf } from './graph-of';

const FN = { Type: 'AWS::Lambda::Function' };

function machine(definition: object | string, more: object = {}) {
  const body = typeof definition === 'string' ? { DefinitionString: definition } : { Definition: definition };
  const graph = graphOfResources({ F: FN, M: { Type: 'AWS::StepFunctions::StateMachine', Properties: { ...body, ...more } } });
  return machinesOf(graph)[0];
}

const NESTED = {
  StartAt: 'Both',
  QueryLanguage: 'JSONata',
  States: {
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } },
        { StartAt: 'B', States: { B: { Type: 'Succeed', QueryLanguage: 'JSONPath' } } },
      ],
      Next: 'Each',
    },
    Each: {
      Type: 'Map',
      ItemProcessor: { StartAt: 'In', States: { In: { Type: 'Map', Iterator: { StartAt: 'Deep', States: { Deep: { Type: 'Pass' } } } } } },
      End: true,
    },
  },
};

test('states are found at any depth, with their path and language', () => {
  expect(machine(NESTED)?.states.map(({ path, type, language }) => `${path}: ${type} ${language}`)).toEqual([
    'Both: Parallel JSONata',
    'Both / 0 / A: Pass JSONata',
    'Both / 1 / B: Succeed JSONPath',
    'Each: Map JSONata',
    'Each / In: Map JSONata',
    'Each / In / Deep: Pass JSONata',
  ]);
  expect(machine(NESTED)?.root.startAt).toBe('Both');
});

test('a text is read with its substitutions', () => {
  const text = JSON.stringify({ StartAt: 'T', States: { T: { Type: 'Task', Resource: '${fn}', TimeoutSeconds: 5, End: true } } });
  const [state] = machine(text, { DefinitionSubstitutions: { fn: { 'Fn::GetAtt': ['F', 'Arn'] } } })!.states;
  expect(render(functionArgument(state!))).toBe('${S/F.Arn}');
  expect(integrationOf(state!)).toEqual({ action: 'lambda:invoke', pattern: 'request' });
});

test('an object is read with its substitutions', () => {
  const branch = {
    StartAt: 'T',
    States: { T: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: '${fn}' } } },
  };
  const definition = { StartAt: 'Both', States: { Both: { Type: 'Parallel', Branches: [branch], End: true } } };
  const [, state] = machine(definition, { DefinitionSubstitutions: { fn: { 'Fn::GetAtt': ['F', 'Arn'] } } })!.states;
  expect(render(functionArgument(state!))).toBe('${S/F.Arn}');
});

test.each([
  [undefined, 'STANDARD'],
  ['EXPRESS', 'EXPRESS'],
  [{ Ref: 'AWS::Region' }, undefined],
])('type %j is %s', (StateMachineType, type) => {
  expect(machine(NESTED, { StateMachineType })?.type).toBe(type);
});

test.each([
  ['arn:aws:states:::lambda:invoke', 'lambda:invoke', 'request'],
  ['arn:aws:states:::lambda:invoke.waitForTaskToken', 'lambda:invoke', 'callback'],
  ['arn:aws:states:::ecs:runTask.sync', 'ecs:runTask', 'sync'],
  ['arn:aws:states:::states:startExecution.sync:2', 'states:startExecution', 'sync'],
  ['arn:aws:states:::aws-sdk:bedrockruntime:converse', 'aws-sdk:bedrockruntime:converse', 'request'],
  ['arn:aws:lambda:us-east-1:123456789012:function:f', 'lambda:invoke', 'request'],
  ['arn:aws:states:us-east-1:123456789012:activity:a', 'activity:a', 'request'],
])('%s is %s by %s', (Resource, action, pattern) => {
  const [state] = machine({ StartAt: 'T', States: { T: { Type: 'Task', Resource } } })!.states;
  expect(integrationOf(state!)).toEqual({ action, pattern });
});

test('a partition that is not known does not hide the service', () => {
  const text = {
    'Fn::Join': [
      '',
      ['{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:', { Ref: 'AWS::Partition' }, ':states:::sqs:sendMessage"}}}'],
    ],
  };
  const [state] = machine('', { DefinitionString: text })!.states;
  expect(integrationOf(state!)).toEqual({ action: 'sqs:sendMessage', pattern: 'request' });
});

test('arguments are those of the language', () => {
  const states = machine({
    StartAt: 'J',
    States: { J: { Type: 'Task', QueryLanguage: 'JSONata', Arguments: { a: 1 } }, P: { Type: 'Task', Parameters: { b: 2 } } },
  })!.states;
  expect(states.map((state) => render(argumentsOf(state)))).toEqual(['{a: 1}', '{b: 2}']);
});

test('a definition that cannot be read is left out', () => {
  expect(machine('no json')).toBeUndefined();
});

test('a definition in a file of the assembly is read, with its substitutions; one that is not there is not known', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'definition-')), 'a.json');
  writeFileSync(file, JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Task', Resource: '${Function}' } } }));
  const Properties = { DefinitionS3Location: { Bucket: 'b', Key: 'a.json' }, DefinitionSubstitutions: { Function: { Ref: 'F' } } };
  const template = { Resources: { F: FN, M: { Type: 'AWS::StepFunctions::StateMachine', Properties } } };
  const machineWith = (path: string) => {
    const assets = { ...NO_ASSETS, files: new Map([['a.json', path]]) };
    return machinesOf(new ResourceGraph([sourceOf(template, 'S', { assets })]))[0];
  };
  expect(machineWith(file)?.states.map((node) => render(functionArgument(node)))).toEqual(['${S/F}']);
  expect(machineWith(`${file}.gone`)).toBeUndefined();
});

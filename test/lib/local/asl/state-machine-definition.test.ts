import { DefinitionError, loadDefinition } from '../../../../lib/local/asl/state-machine-definition';
import { jsonPath } from './machine';

const END = { Type: 'Pass', End: true };

test('what Step Functions takes is taken', () => {
  const child = {
    StartAt: 'Child',
    States: { Child: { ...END, Assign: { x: 2 } } },
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
  };
  const definition = {
    Comment: 'research',
    StartAt: 'First',
    TimeoutSeconds: 60,
    Version: '1.0',
    States: {
      First: { Type: 'Pass', Assign: { x: 1 }, QueryLanguage: 'JSONata', Next: 'Each' },
      Each: {
        Type: 'Map',
        Comment: 'children see no variables',
        Label: 'each',
        ItemProcessor: child,
        ToleratedFailurePercentage: 10.5,
        Next: 'Beat',
      },
      Beat: {
        Type: 'Task',
        Resource: 'arn:aws-cn:states:::ecs:runTask.sync',
        HeartbeatSecondsPath: '$.h',
        TimeoutSeconds: 99_999_999,
        Next: 'Done',
      },
      Done: { Type: 'Succeed' },
    },
  };
  const loaded = loadDefinition(JSON.stringify(definition));
  expect([...loaded.block.states.keys()]).toEqual(['First', 'Each', 'Beat', 'Done']);
  expect(loaded).toMatchObject({ queryLanguage: 'JSONPath', timeoutSeconds: 60, comment: 'research' });
  expect(loaded.block.states.get('First')?.language).toBe('JSONata');
});

test('the error of a refused definition says everything', () => {
  const load = () => loadDefinition(jsonPath({ A: { Type: 'Pass', Foo: 1, Next: 'B' } }));
  expect(load).toThrow(DefinitionError);
  expect(load).toThrow('/States/A/Foo: a Pass state has no field Foo\n/States/A/Next: there is no state "B" here');
});

import { App, CloudFormationValidatePlugin, Stack, Stage, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { cdkValidates, isWarnedAtSynth } from '../../../lib/validation/other-checks';
import { RULES } from '../../../lib/validation/rules/rule-table';
import { SYNTH_WARNINGS } from '../../../lib/validation/synth-warnings';

describe('whether CDK validates the templates itself', () => {
  const before = process.env['CDK_VALIDATION'];
  beforeEach(() => delete process.env['CDK_VALIDATION']);
  afterAll(() => {
    process.env['CDK_VALIDATION'] = before;
  });

  test('it does unless it is told not to', () => {
    expect(cdkValidates(new App())).toBe(true);
    expect(cdkValidates(new App({ builtinCloudFormationValidation: false }))).toBe(false);
    process.env['CDK_VALIDATION'] = 'false';
    expect(cdkValidates(new App())).toBe(false);
  });

  test("a plugin of the app's own does it whatever the switches say", () => {
    process.env['CDK_VALIDATION'] = 'false';
    const app = new App({ builtinCloudFormationValidation: false });
    Validations.of(app).addPlugins(new CloudFormationValidatePlugin());
    expect(cdkValidates(app)).toBe(true);
  });
});

describe('whether a construct of ours said it already', () => {
  const [[rule, [warning = '']]] = Object.entries(SYNTH_WARNINGS) as unknown as [[string, string[]]];

  function tree() {
    const app = new App();
    const stack = new Stack(new Stage(app, 'Stage'), 'Stack');
    const [agent, other] = [new Construct(stack, 'Agent'), new Construct(stack, 'Other')];
    new Construct(agent, 'Resource');
    return { app, stack, agent, other };
  }

  test('a warning on a construct above says it, for that rule only', () => {
    const { app, agent } = tree();
    Validations.of(agent).addWarning(warning, 'too many');
    expect(isWarnedAtSynth(app, 'Stage/Stack/Agent/Resource', rule)).toBe(true);
    expect(isWarnedAtSynth(app, 'Stage/Stack/Agent', rule)).toBe(true);
    expect(isWarnedAtSynth(app, 'Stage/Stack/Other', rule)).toBe(false);
    expect(isWarnedAtSynth(app, 'Stage/Stack/Agent/Resource', 'lambda-memory')).toBe(false);
    expect(isWarnedAtSynth(app, null, rule)).toBe(false);
  });

  test('who acknowledged the warning has acknowledged the finding', () => {
    const { app, stack, agent } = tree();
    Validations.of(agent).addWarning(warning, 'too many');
    expect(isWarnedAtSynth(app, 'Stage/Stack/Other', rule)).toBe(false);
    Validations.of(stack).acknowledge({ id: warning, reason: 'the quota was raised' });
    expect(isWarnedAtSynth(app, 'Stage/Stack/Agent/Resource', rule)).toBe(true);
  });

  test('another warning, or a longer id, says nothing of it', () => {
    const { app, agent } = tree();
    Validations.of(agent).addWarning(`${warning}-more`, 'something else');
    expect(isWarnedAtSynth(app, 'Stage/Stack/Agent', rule)).toBe(false);
  });

  test('the table names rules that there are', () => {
    const ids = RULES.map(({ id }) => id);
    expect(Object.keys(SYNTH_WARNINGS).filter((id) => !ids.includes(id))).toEqual([]);
  });
});

import { App, Stack } from 'aws-cdk-lib';
import { readTemplates } from '../../../../lib/template/read-templates';
import { applyRules } from '../../../../lib/validation/apply-rules';
import { PLATFORM_RULES } from '../../../../lib/validation/rules/platform-rules';
import { foundationModel, modelCaller } from '../../../fixtures/bad/platform/parts/model';
import { fixtureTests } from './fixture-tests';

fixtureTests('platform', PLATFORM_RULES);

test('a profile that is granted as a model is told of once, though the function names it too', () => {
  const app = new App();
  const profile = 'us.amazon.nova-lite-v1:0';
  modelCaller(new Stack(app, 'Stack'), [foundationModel('us-east-1', profile)], { environment: { MODEL_ID: profile } });
  const findings = applyRules(readTemplates(app.synth().directory), PLATFORM_RULES);
  expect(findings.map(({ rule }) => rule)).toEqual(['bedrock-profile-as-model']);
});

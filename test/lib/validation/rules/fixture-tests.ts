import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { readTemplates } from '../../../../lib/template/read-templates';
import { applyRules } from '../../../../lib/validation/apply-rules';
import type { Finding } from '../../../../lib/validation/finding';
import type { Rule } from '../../../../lib/validation/rule';
import { RULES } from '../../../../lib/validation/rules/rule-table';
import type { BadFixture } from '../../../fixtures/bad-fixture';

const FIXTURES = join(__dirname, '../../../fixtures/bad');

function fixturesOf(batch: string): BadFixture[] {
  return readdirSync(join(FIXTURES, batch))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => (require(join(FIXTURES, batch, file)) as { fixture: BadFixture }).fixture);
}

function findingsOf(build: (app: App) => void, { options }: BadFixture): Finding[] {
  const app = new App();
  build(app);
  return applyRules(readTemplates(app.synth().directory), RULES, options);
}

/** Tests of a batch of rules: each finds its mistake however it is reached, and nothing in what comes near it. */
export function fixtureTests(batch: string, rules: readonly Rule[]): void {
  const fixtures = fixturesOf(batch);

  test('every rule has its fixture', () => {
    expect(fixtures.map(({ rule }) => rule).sort()).toEqual(rules.map(({ id }) => id).sort());
  });

  describe.each(fixtures)('$rule', (fixture) => {
    const ofRule = (findings: readonly Finding[]) => findings.filter(({ rule }) => rule === fixture.rule);

    test.each(Object.entries(fixture.bad))('finds the mistake: %s', (_name, build) => {
      expect(ofRule(findingsOf(build, fixture))).not.toEqual([]);
    });

    test.each(Object.entries(fixture.good))('says nothing: %s', (_name, build) => {
      const findings = findingsOf(build, fixture);
      expect(ofRule(findings)).toEqual([]);
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    });

    const { message, severity, resource, bad } = fixture;
    const expected = { ...(message && { message }), ...(severity && { severity }), ...(resource && { resource }) };
    const { direct } = bad;
    if (direct !== undefined && Object.keys(expected).length > 0)
      test('says what is wrong, where', () => {
        expect(ofRule(findingsOf(direct, fixture))).toContainEqual(expect.objectContaining(expected));
      });
  });
}

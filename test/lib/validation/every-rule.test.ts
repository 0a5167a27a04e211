import { dirname } from 'node:path';
import { App, CloudFormationValidatePlugin, type PolicyViolation } from 'aws-cdk-lib/core';
import { readAssembly } from '../../../lib/template/read-assembly';
import { ResourceGraph } from '../../../lib/template/resource-graph';
import { type Judgement, judgeWorlds } from '../../../lib/validation/apply-rules';
import { RULES } from '../../../lib/validation/rules/rule-table';
import { allBadFixtures } from '../../fixtures/all-bad-fixtures';
import type { BadFixture } from '../../fixtures/bad-fixture';

interface Planted {
  readonly fixture: BadFixture;
  readonly variant: string;
  readonly worlds: readonly ResourceGraph[];
  readonly templates: readonly string[];
}

const FIXTURES = allBadFixtures();
const PLANTED: Planted[] = FIXTURES.flatMap((fixture) =>
  Object.entries(fixture.bad).map(([variant, build]) => {
    const app = new App();
    build(app);
    const assembly = app.synth();
    return {
      fixture,
      variant,
      worlds: ResourceGraph.worlds(readAssembly(assembly.directory)),
      templates: assembly.stacksRecursively.map(({ templateFullPath }) => templateFullPath),
    };
  }),
);

const judgementsOf = ({ worlds, fixture }: Planted, rules = RULES) => judgeWorlds(worlds, rules, fixture.options);
const nameOf = ({ fixture, variant }: Planted) => `${fixture.rule}: ${variant}`;

test('every rule has its own fixture, with something bad and something good', () => {
  expect(FIXTURES.map(({ rule }) => rule).sort()).toEqual(RULES.map(({ id }) => id).sort());
  expect(FIXTURES.filter(({ bad, good }) => Object.keys(bad).length === 0 || Object.keys(good).length === 0)).toEqual([]);
});

test('ids are `service-problem`, each once, and every rule says all that a row of docs/rules.md needs', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  for (const { id, title, why, fix, source } of RULES) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    for (const text of [title, why, fix]) expect(text.trim().length).toBeGreaterThan(10);
    expect({ id, host: new URL(source).protocol }).toEqual({ id, host: 'https:' });
    expect({ id, fix }).toEqual({ id, fix: expect.not.stringMatching(/\.$/) });
  }
});

test('without a rule exactly its own fixtures are missed', () => {
  // One variant of each fixture is enough here: that every variant is found is for the tests of the batches.
  const first = PLANTED.filter(({ fixture }, index) => PLANTED.findIndex((other) => other.fixture === fixture) === index);
  const missedWithout = (left: string) => {
    const rules = RULES.filter(({ id }) => id !== left);
    return first
      .filter((planted) => !judgementsOf(planted, rules).some(({ finding }) => finding.rule === planted.fixture.rule))
      .map(({ fixture }) => fixture.rule);
  };
  for (const { id } of RULES) expect(missedWithout(id)).toEqual([id]);
}, 300_000);

describe("beside CDK's own validation", () => {
  /** Ids of CDK's checks by `template resource`, from one run of its plugin over everything. */
  const reported = new Map<string, Set<string>>();
  const place = (template: string, logicalId: string) => `${template} ${logicalId}`;
  const nested = ({ resource }: Judgement) => resource.stack.source.parent !== undefined;
  const cdkOn = ({ resource }: Judgement) => reported.get(place(resource.stack.source.file, resource.logicalId)) ?? new Set<string>();

  beforeAll(() => {
    const templatePaths = PLANTED.flatMap(({ templates }) => templates);
    const stackTemplates = templatePaths.map((templatePath) => ({
      templatePath,
      stackConstructPath: dirname(templatePath),
      accountId: undefined,
      region: undefined,
    }));
    const plugin = new CloudFormationValidatePlugin();
    const { violations } = plugin.validate({ templatePaths, stackTemplates, appConstruct: new App() });
    for (const { ruleName, violatingResources } of violations as PolicyViolation[]) {
      for (const { templatePath = '', resourceLogicalId = '' } of violatingResources) {
        const key = place(templatePath, resourceLogicalId);
        reported.set(key, (reported.get(key) ?? new Set()).add(ruleName));
      }
    }
  }, 300_000);

  test('it ran', () => {
    expect(reported.size).toBeGreaterThan(20);
  });

  test('what is left to it, it does report', () => {
    const untrue = PLANTED.flatMap((planted) =>
      judgementsOf(planted)
        .filter(
          (judgement) => judgement.reportedByCdk !== undefined && !nested(judgement) && !cdkOn(judgement).has(judgement.reportedByCdk),
        )
        .map(({ finding, reportedByCdk }) => `${nameOf(planted)}: ${reportedByCdk} on ${finding.resource}, for ${finding.rule}`),
    );
    expect(untrue).toEqual([]);
  });

  test('what it reports is not reported again', () => {
    const claimed = new Map<string, Set<string>>();
    const all = PLANTED.flatMap((planted) => judgementsOf(planted).map((judgement) => ({ planted, judgement })));
    for (const {
      judgement: { finding, reportedByCdk },
    } of all)
      if (reportedByCdk !== undefined) claimed.set(finding.rule, (claimed.get(finding.rule) ?? new Set()).add(reportedByCdk));
    const twice = all
      .filter(({ judgement }) => judgement.reportedByCdk === undefined && !nested(judgement))
      .filter(({ judgement }) => [...cdkOn(judgement)].some((id) => claimed.get(judgement.finding.rule)?.has(id)))
      .map(({ planted, judgement: { finding } }) => `${nameOf(planted)}: ${finding.rule} on ${finding.resource}`);
    expect(twice).toEqual([]);
    expect(claimed.size).toBeGreaterThan(3);
  });

  test('where it is silent, in nested stacks and under Fn::If, the rule speaks', () => {
    const ofOwnRule = PLANTED.flatMap((planted) =>
      judgementsOf(planted)
        .filter(({ finding }) => finding.rule === planted.fixture.rule)
        .map((judgement) => ({ planted, judgement })),
    );
    const leftToCdk = new Set(
      ofOwnRule.filter(({ judgement }) => judgement.reportedByCdk !== undefined).map(({ planted }) => planted.fixture.rule),
    );
    const spoken = ofOwnRule.filter(
      ({ planted, judgement }) => leftToCdk.has(planted.fixture.rule) && (nested(judgement) || judgement.reportedByCdk === undefined),
    );
    expect([...new Set(spoken.map(({ planted }) => planted.variant))]).toEqual(expect.arrayContaining(['nested', 'conditional']));
    for (const { judgement } of spoken.filter(({ judgement }) => nested(judgement))) expect(cdkOn(judgement)).toEqual(new Set());
  });
});

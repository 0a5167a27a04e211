import { App } from 'aws-cdk-lib';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { readAssembly } from '../../../lib/template/read-assembly';
import { Acknowledgements, acknowledgedInAssembly } from '../../../lib/validation/acknowledgements';
import { judge } from '../../../lib/validation/apply-rules';
import type { Finding } from '../../../lib/validation/finding';
import { RULES } from '../../../lib/validation/rules/rule-table';
import { allGoodApps } from '../../fixtures/all-good-apps';
import { EXPLAINED } from '../../fixtures/good/explained';

// The examples import this library by its name.
jest.mock('cdk-serverless-ai', () => jest.requireActual('../../../lib/index'), { virtual: true });

/** Apps of today have the flags that `cdk init` sets, those of yesterday have none. */
const CONTEXTS: Readonly<Record<string, Record<string, unknown>>> = {
  'with the flags of a new app': recommendedFlags,
  'without flags': {},
};
const TODAY = '2026-11-24';
/** Bundling and CDK's own notes are of no concern here. */
const QUICK = { 'aws:cdk:bundling-stacks': [], '@aws-cdk/core:annotationsInValidationReport': false };

function findingsOf(build: (app: App) => void, flags: Record<string, unknown>): Finding[] {
  const app = new App({ context: { ...flags, ...QUICK } });
  build(app);
  const sources = readAssembly(app.synth().directory);
  const acknowledged = new Acknowledgements(acknowledgedInAssembly(sources));
  return judge(sources, RULES, { today: TODAY })
    .filter((judgement) => acknowledged.of(judgement) === undefined)
    .map(({ finding }) => finding);
}

const APPS = allGoodApps();

test('there are at least a dozen ordinary apps beside ours', () => {
  expect(APPS.length).toBeGreaterThanOrEqual(25);
});

describe.each(Object.entries(CONTEXTS))('%s', (_flags, context) => {
  test.each(APPS)('%s: no error, no warning that is not explained, little advice', (name, build) => {
    const said = findingsOf(build, context).filter(({ rule }) => EXPLAINED[name]?.[rule] === undefined);
    const graver = said
      .filter(({ severity }) => severity !== 'info')
      .map(({ rule, resource, message }) => `${rule} ${resource}: ${message}`);
    expect(graver).toEqual([]);
    expect(new Set(said.map(({ rule }) => rule)).size).toBeLessThanOrEqual(4);
  });
});

test('every explanation is of something that is still found', () => {
  const found = Object.fromEntries(
    APPS.map(([name, build]) => [name, new Set(findingsOf(build, recommendedFlags).map(({ rule }) => rule))]),
  );
  const stale = Object.entries(EXPLAINED).flatMap(([name, rules]) =>
    Object.keys(rules)
      .filter((rule) => !found[name]?.has(rule))
      .map((rule) => `${name}: ${rule}`),
  );
  expect(stale).toEqual([]);
});

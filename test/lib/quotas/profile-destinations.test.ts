import {
  PROFILE_GEOGRAPHIES,
  PROFILE_ROUTES,
  PROFILE_ROUTES_CHECKED_ON,
  PROFILE_ROUTES_SOURCE,
} from '../../../lib/quotas/inference-profiles';
import { geographyRegions, parseProfileId, profileDestinations } from '../../../lib/quotas/profile-destinations';

const REGION = /^[a-z]{2}(-gov)?-[a-z]+-\d$/;
const SONNET = 'anthropic.claude-sonnet-4-5-20250929-v1:0';

test.each(PROFILE_GEOGRAPHIES)(
  'the geography $prefix has a source, a date and Regions',
  ({ prefix, source, checkedOn, destinationRegions }) => {
    expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(checkedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(destinationRegions.length).toBeGreaterThan(1);
    expect(new Set(destinationRegions).size).toBe(destinationRegions.length);
    for (const region of destinationRegions) expect(region).toMatch(REGION);
    expect(parseProfileId(`${prefix}.vendor.model-v1:0`)).toEqual({ prefix, modelId: 'vendor.model-v1:0' });
  },
);

test('the routes have a source and a date', () => {
  expect(PROFILE_ROUTES_SOURCE).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  expect(PROFILE_ROUTES_CHECKED_ON).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test('no profile stands in two rows', () => {
  const profiles = PROFILE_ROUTES.flatMap(({ geography, modelIds }) => modelIds.map((modelId) => `${geography}.${modelId}`));
  expect(new Set(profiles).size).toBe(profiles.length);
});

test.each(PROFILE_ROUTES)('routes of $geography lead into the geography only', ({ geography, modelIds, core, sources, others = {} }) => {
  const all = geographyRegions(`${geography}.any`) ?? [];
  const profile = `${geography}.${modelIds[0]}`;
  for (const source of [...sources, ...Object.keys(others)]) {
    const destinations = profileDestinations(profile, source) ?? [];
    expect(destinations).toContain(source);
    expect(all).toEqual(expect.arrayContaining([...destinations]));
    expect(new Set(destinations).size).toBe(destinations.length);
  }
  for (const source of sources) expect(profileDestinations(profile, source)).toEqual(expect.arrayContaining([...core]));
});

test('knows the prefixes that AWS uses', () => {
  expect(PROFILE_GEOGRAPHIES.map(({ prefix }) => prefix).sort()).toEqual(['apac', 'au', 'ca', 'eu', 'jp', 'us', 'us-gov']);
});

test.each([
  [`us.${SONNET}`, 'us-east-1', ['us-east-1', 'us-east-2', 'us-west-2']],
  [`us.${SONNET}`, 'ca-central-1', ['ca-central-1', 'us-east-1', 'us-east-2', 'us-west-2']],
  [`us.${SONNET}`, 'us-gov-west-1', ['us-gov-east-1', 'us-gov-west-1']],
  [`au.${SONNET}`, 'ap-southeast-6', ['ap-southeast-2', 'ap-southeast-4', 'ap-southeast-6']],
  [`jp.${SONNET}`, 'ap-northeast-3', ['ap-northeast-1', 'ap-northeast-3']],
  ['us.anthropic.claude-3-haiku-20240307-v1:0', 'us-west-2', ['us-east-1', 'us-west-2']],
  ['us.anthropic.claude-3-haiku-20240307-v1:0', 'us-east-2', ['us-east-1', 'us-east-2', 'us-west-2']],
  ['eu.amazon.nova-lite-v1:0', 'il-central-1', ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-west-1', 'eu-west-3', 'il-central-1']],
  ['ca.amazon.nova-lite-v1:0', 'ca-central-1', ['ca-central-1', 'ca-west-1']],
])('%s from %s needs its model in %j', (profile, region, wanted) => {
  expect([...(profileDestinations(profile, region) ?? [])].sort()).toEqual(wanted);
});

test('a global profile needs its model here and without a Region', () => {
  expect(profileDestinations('global.vendor.model-v1', 'eu-west-1')).toEqual(['eu-west-1', '']);
  expect(geographyRegions('global.vendor.model-v1')).toBeUndefined();
});

test.each([
  ['eu.vendor.unread-v1:0', 'eu-west-1'],
  [`us.${SONNET}`, 'sa-east-1'],
  [SONNET, 'us-east-1'],
])('destinations of %s from %s are not known', (profile, region) => {
  expect(profileDestinations(profile, region)).toBeUndefined();
});

test('does not take a vendor for a geography', () => {
  expect(parseProfileId('usual.model-v1')).toBeUndefined();
  expect(parseProfileId('us-gov.vendor.model')).toEqual({ prefix: 'us-gov', modelId: 'vendor.model' });
});

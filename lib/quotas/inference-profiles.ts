import type { Confidence } from './quota';

/** Regions to which the inference profiles of a geography may send requests. */
export interface ProfileGeography {
  readonly prefix: string;
  /** Every destination of any profile of this geography; one profile uses a part of them that depends on its model and on the source Region. */
  readonly destinationRegions: readonly string[];
  readonly source: string;
  readonly checkedOn: string;
  readonly confidence: Confidence;
}

/** Where the profiles of one model and geography send the requests of a source Region: to `core`, and to the source Region itself. */
export interface ProfileRoutes {
  readonly geography: string;
  readonly modelIds: readonly string[];
  readonly core: readonly string[];
  readonly sources: readonly string[];
  /** Source Regions whose destinations are others. */
  readonly others?: Readonly<Record<string, readonly string[]>>;
}

const GUIDE = 'https://docs.aws.amazon.com/bedrock/latest/userguide';
const CHECKED_ON = '2026-11-24';
/** Pages of the models: each lists the source and destination Regions of its profiles, which AWS says never change once they are published. */
export const PROFILE_ROUTES_SOURCE = `${GUIDE}/model-cards.html`;
export const PROFILE_ROUTES_CHECKED_ON = CHECKED_ON;

/** `global.` has no list: it reaches every commercial Region through one ARN without a Region. */
export const GLOBAL_PREFIX = 'global';

const US = ['us-east-1', 'us-east-2', 'us-west-2'];
const GOV = ['us-gov-east-1', 'us-gov-west-1'];
const EU = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'];
const NOVA_EU = ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3'];
const APAC = [
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2'],
  ...['ap-southeast-1', 'ap-southeast-2', 'ap-southeast-4'],
];
const AU = ['ap-southeast-2', 'ap-southeast-4'];
const JP = ['ap-northeast-1', 'ap-northeast-3'];
const CA = ['ca-central-1', 'ca-west-1'];

const US_SOURCES = [...US, 'us-west-1'];
const EU_SOURCES = [...EU, 'eu-central-2', 'eu-west-2'];
const AU_SOURCES = [...AU, 'ap-southeast-6'];

const SONNET_4 = 'anthropic.claude-sonnet-4-20250514-v1:0';
const SONNET_4_5 = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
const SONNET_4_6 = 'anthropic.claude-sonnet-4-6';
const HAIKU_3 = 'anthropic.claude-3-haiku-20240307-v1:0';
const HAIKU_4_5 = 'anthropic.claude-haiku-4-5-20251001-v1:0';
const OPUS_4_5 = 'anthropic.claude-opus-4-5-20251101-v1:0';
const OPUS_4_6 = 'anthropic.claude-opus-4-6-v1';
const NOVA_2_LITE = 'amazon.nova-2-lite-v1:0';
const NOVA_LITE = 'amazon.nova-lite-v1:0';
const NOVA_MICRO = 'amazon.nova-micro-v1:0';
const NOVA_PRO = 'amazon.nova-pro-v1:0';

const stated = { source: PROFILE_ROUTES_SOURCE, checkedOn: CHECKED_ON, confidence: 'confirmed' } as const;
/** Seen in answers of GetInferenceProfile that others published. */
const seen = { source: `${GUIDE}/inference-profiles-support.html`, checkedOn: '2026-09-15', confidence: 'secondary' } as const;

export const PROFILE_GEOGRAPHIES: readonly ProfileGeography[] = [
  // Called from GovCloud, a `us.` profile stays there.
  { prefix: 'us', destinationRegions: [...US, 'us-west-1', ...CA, ...GOV], ...stated },
  { prefix: 'us-gov', destinationRegions: GOV, ...seen },
  { prefix: 'eu', destinationRegions: [...EU, 'eu-central-2', 'eu-west-2', 'il-central-1'], ...stated },
  { prefix: 'apac', destinationRegions: [...APAC, 'ap-southeast-3'], ...stated },
  { prefix: 'jp', destinationRegions: JP, ...stated },
  { prefix: 'au', destinationRegions: AU_SOURCES, ...stated },
  { prefix: 'ca', destinationRegions: CA, ...seen },
];

export const PROFILE_ROUTES: readonly ProfileRoutes[] = [
  { geography: 'us', modelIds: [SONNET_4, NOVA_LITE, NOVA_PRO], core: US, sources: US_SOURCES },
  { geography: 'us', modelIds: [NOVA_MICRO, 'deepseek.r1-v1:0'], core: US, sources: US },
  { geography: 'us', modelIds: [HAIKU_4_5, OPUS_4_5], core: US, sources: [...US_SOURCES, 'ca-central-1'] },
  { geography: 'us', modelIds: [SONNET_4_6, OPUS_4_6, NOVA_2_LITE], core: US, sources: [...US_SOURCES, ...CA] },
  {
    geography: 'us',
    modelIds: [SONNET_4_5],
    core: US,
    sources: [...US_SOURCES, 'ca-central-1'],
    others: { 'us-gov-east-1': GOV, 'us-gov-west-1': GOV },
  },
  {
    geography: 'us',
    modelIds: [HAIKU_3],
    core: ['us-east-1', 'us-west-2'],
    sources: US,
    others: { 'us-gov-east-1': GOV },
  },
  {
    geography: 'eu',
    modelIds: [SONNET_4],
    core: EU,
    sources: [...EU, 'il-central-1'],
  },
  { geography: 'eu', modelIds: [SONNET_4_5, SONNET_4_6, HAIKU_4_5, OPUS_4_5, OPUS_4_6], core: EU, sources: EU_SOURCES },
  { geography: 'eu', modelIds: [NOVA_2_LITE], core: EU, sources: EU },
  {
    geography: 'eu',
    modelIds: [NOVA_LITE, NOVA_MICRO, NOVA_PRO],
    core: NOVA_EU,
    sources: EU,
    others: { 'il-central-1': [...NOVA_EU, 'eu-south-1', 'il-central-1'] },
  },
  {
    geography: 'eu',
    modelIds: [HAIKU_3],
    core: ['eu-central-1', 'eu-west-1', 'eu-west-3'],
    sources: ['eu-central-1', 'eu-west-1', 'eu-west-3'],
  },
  {
    geography: 'apac',
    modelIds: [SONNET_4],
    core: APAC,
    sources: APAC.filter((region) => region !== 'ap-southeast-4'),
  },
  { geography: 'au', modelIds: [SONNET_4_5, SONNET_4_6, HAIKU_4_5, OPUS_4_6], core: AU, sources: AU_SOURCES },
  { geography: 'jp', modelIds: [SONNET_4_5, SONNET_4_6, HAIKU_4_5], core: JP, sources: JP },
  { geography: 'jp', modelIds: [NOVA_2_LITE], core: JP, sources: ['ap-northeast-1'] },
  { geography: 'ca', modelIds: [NOVA_LITE], core: CA, sources: ['ca-central-1'] },
];

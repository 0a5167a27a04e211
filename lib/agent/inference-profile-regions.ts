/** Regions to which a cross-Region inference profile may route, by the profile's geography prefix. */
export interface ProfileGeography {
  readonly prefix: string;
  /** Every destination of any profile of this geography; one profile uses a subset that depends on its model and the source Region. */
  readonly destinationRegions: readonly string[];
  readonly source: string;
  readonly checkedOn: string;
}

const SOURCE = 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html';
const CHECKED_ON = '2026-11-24';

/** `global.` has no list: it routes to every commercial Region through one ARN without a Region. */
export const GLOBAL_PREFIX = 'global';

export const PROFILE_GEOGRAPHIES: readonly ProfileGeography[] = [
  {
    prefix: 'us',
    destinationRegions: ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1'],
    source: SOURCE,
    checkedOn: CHECKED_ON,
  },
  { prefix: 'us-gov', destinationRegions: ['us-gov-east-1', 'us-gov-west-1'], source: SOURCE, checkedOn: CHECKED_ON },
  {
    prefix: 'eu',
    destinationRegions: ['eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
    source: SOURCE,
    checkedOn: CHECKED_ON,
  },
  {
    prefix: 'apac',
    destinationRegions: [
      'ap-northeast-1',
      'ap-northeast-2',
      'ap-northeast-3',
      'ap-south-1',
      'ap-south-2',
      'ap-southeast-1',
      'ap-southeast-2',
      'ap-southeast-3',
      'ap-southeast-4',
    ],
    source: SOURCE,
    checkedOn: CHECKED_ON,
  },
  { prefix: 'jp', destinationRegions: ['ap-northeast-1', 'ap-northeast-3'], source: SOURCE, checkedOn: CHECKED_ON },
  { prefix: 'au', destinationRegions: ['ap-southeast-2', 'ap-southeast-4'], source: SOURCE, checkedOn: CHECKED_ON },
];

export interface ParsedProfileId {
  readonly prefix: string;
  readonly modelId: string;
}

/** `us.amazon.nova-lite-v1:0` -> `us` and `amazon.nova-lite-v1:0`; undefined when there is no geography in front. */
export function parseProfileId(profileId: string): ParsedProfileId | undefined {
  const prefix = [GLOBAL_PREFIX, ...PROFILE_GEOGRAPHIES.map((geography) => geography.prefix)].find((known) =>
    profileId.startsWith(`${known}.`),
  );
  return prefix === undefined ? undefined : { prefix, modelId: profileId.slice(prefix.length + 1) };
}

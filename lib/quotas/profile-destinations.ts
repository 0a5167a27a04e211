import { GLOBAL_PREFIX, PROFILE_GEOGRAPHIES, PROFILE_ROUTES } from './inference-profiles';

export interface ParsedProfileId {
  readonly prefix: string;
  readonly modelId: string;
}

const PREFIXES = [GLOBAL_PREFIX, ...PROFILE_GEOGRAPHIES.map(({ prefix }) => prefix)];

/** `us.amazon.nova-lite-v1:0` -> `us` and `amazon.nova-lite-v1:0`; undefined when there is no geography in front. */
export function parseProfileId(profileId: string): ParsedProfileId | undefined {
  const prefix = PREFIXES.find((known) => profileId.startsWith(`${known}.`));
  return prefix === undefined ? undefined : { prefix, modelId: profileId.slice(prefix.length + 1) };
}

/**
 * Regions whose foundation-model ARN a caller in the source Region needs beside that of the profile; the empty Region is that of the ARN without one, which a
 * `global.` profile needs. Undefined where they are not known: for a model whose page was not read, or a source Region that the page does not list.
 */
export function profileDestinations(profileId: string, sourceRegion: string): readonly string[] | undefined {
  const parsed = parseProfileId(profileId);
  if (parsed === undefined) return undefined;
  if (parsed.prefix === GLOBAL_PREFIX) return [sourceRegion, ''];
  const routes = PROFILE_ROUTES.find(({ geography, modelIds }) => geography === parsed.prefix && modelIds.includes(parsed.modelId));
  const other = routes?.others?.[sourceRegion];
  if (other !== undefined) return other;
  return routes?.sources.includes(sourceRegion) ? [...new Set([sourceRegion, ...routes.core])] : undefined;
}

/** Every Region that any profile of the geography may reach; undefined for `global.`, and for what is no profile id. */
export function geographyRegions(profileId: string): readonly string[] | undefined {
  const prefix = parseProfileId(profileId)?.prefix;
  return PROFILE_GEOGRAPHIES.find((geography) => geography.prefix === prefix)?.destinationRegions;
}

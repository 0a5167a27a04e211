import { GLOBAL_PREFIX, PROFILE_GEOGRAPHIES } from '../quotas/inference-profiles';
import { geographyRegions, parseProfileId, profileDestinations } from '../quotas/profile-destinations';

/** What an inference profile id may begin with. */
export const PROFILE_PREFIXES: readonly string[] = [GLOBAL_PREFIX, ...PROFILE_GEOGRAPHIES.map(({ prefix }) => prefix)];

/** Whether the id of a model is that of an inference profile. */
export function isProfileId(text: string): boolean {
  return parseProfileId(text) !== undefined;
}

/** The model behind a profile: `us.amazon.nova-lite-v1:0` -> `amazon.nova-lite-v1:0`. */
export function modelOfProfile(profileId: string): string {
  return parseProfileId(profileId)?.modelId ?? profileId;
}

/** Whether a profile also reaches its model by the ARN without a Region. */
export function isGlobalProfile(profileId: string): boolean {
  return parseProfileId(profileId)?.prefix === GLOBAL_PREFIX;
}

/** Regions in which the model behind a profile is granted: those it is documented to route to, else all of its geography. */
export function grantedRegions(profileId: string, sourceRegion: string): readonly string[] {
  const known = profileDestinations(profileId, sourceRegion);
  return known ?? [...new Set([sourceRegion, ...(geographyRegions(profileId) ?? [])])];
}

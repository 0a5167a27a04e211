import { API_KINDS } from './identity-apis';
import { COMPUTE_KINDS } from './identity-compute';
import { DATA_KINDS } from './identity-data';
import { NETWORK_KINDS } from './identity-network';

/** What a deployed resource answers to Ref and GetAtt. */
export interface Identity {
  readonly name: string;
  readonly arn?: string;
  readonly ref: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** What a kind may ask about the resource that it identifies. */
export interface IdentityContext {
  readonly logicalId: string;
  readonly stackName: string;
  /** The name that the property fixes, else one as CloudFormation would generate it. */
  nameFrom(property: string): string;
  /** Resolved property, undefined when the template has none. */
  property(name: string): unknown;
  /** Like `property`, for one that the type always has. */
  required(name: string): string;
  /** Base URL that the runner serves for this resource. */
  endpoint(): string | undefined;
  /** Origin of queue URLs. */
  readonly queueOrigin: string;
  /** Which of the template's resources of this type with the same value of a property this one is, from 1. */
  ordinalBy(property: string): number;
}

export type Kind = (context: IdentityContext) => Identity;

const KINDS: Readonly<Record<string, Kind>> = { ...COMPUTE_KINDS, ...DATA_KINDS, ...API_KINDS, ...NETWORK_KINDS };

/** Types that are not listed have a name for Ref and no attributes. */
export function identify(type: string, context: IdentityContext): Identity {
  const kind = KINDS[type];
  if (kind) return kind(context);
  const name = context.nameFrom('Name');
  return { name, ref: name, attributes: {} };
}

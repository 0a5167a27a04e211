import type { Acknowledgement } from './acknowledgement';
import type { Assets } from './assets';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** A CloudFormation template as it stands in its file. */
export interface Template {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: unknown }>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Outputs?: Readonly<
    Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown }; readonly Condition?: string }>
  >;
}

/** A stack before anything in it is resolved. */
export interface TemplateSource {
  /** Name by which findings tell of it: the artifact id; of a nested stack `Parent/LogicalId`. */
  readonly name: string;
  /** Name in CloudFormation, as far as it is known. */
  readonly stackName: string;
  readonly file: string;
  readonly template: Template;
  /** What the stack was staged with; nothing for a bare template. */
  readonly assets: Assets;
  /** Construct path by logical id, as far as the assembly says. */
  readonly paths: Readonly<Record<string, string>>;
  /** What the assembly says is acknowledged, in this stack and in those nested in it. @default - nothing */
  readonly acknowledged?: readonly Acknowledgement[];
  /** @default - not known */
  readonly region?: string;
  /** @default - not known */
  readonly account?: string;
  /** The stack that nests this one, and the logical id by which it does. */
  readonly parent?: { readonly source: TemplateSource; readonly logicalId: string };
}

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
  readonly Parameters?: Readonly<Record<string, { readonly Type?: string; readonly Default?: unknown }>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value?: unknown; readonly Export?: { readonly Name?: unknown } }>>;
}

/** A stack before anything in it is resolved. */
export interface TemplateSource {
  /** Name by which findings tell of it: the artifact id; of a nested stack `Parent/LogicalId`. */
  readonly name: string;
  /** Name in CloudFormation, as far as it is known. */
  readonly stackName: string;
  readonly file: string;
  readonly template: Template;
  /** @default - not known */
  readonly region?: string;
  /** @default - not known */
  readonly account?: string;
  /** Construct path by logical id, where the template itself does not hold it. */
  readonly paths: Readonly<Record<string, string>>;
  /** File of the asset manifest, for stacks of an assembly. */
  readonly assetManifest?: string;
  /** The stack that nests this one, and the logical id by which it does. */
  readonly parent?: { readonly source: TemplateSource; readonly logicalId: string };
}

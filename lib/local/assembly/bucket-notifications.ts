import type { ResolvedStack } from './resolved-stack';

/** What a bucket tells a function, queue or topic. */
export interface BucketNotification {
  readonly logicalId: string;
  readonly bucket: string;
  readonly configurationId: string;
  readonly targetArn: string;
  /** `s3:ObjectCreated:*` */
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

interface FilterRule {
  readonly Name: string;
  readonly Value: string;
}

/** As the bucket has it in CloudFormation, and as the API has it, which CDK's custom resource calls. */
interface Configuration {
  readonly Id?: string;
  readonly Event?: string;
  readonly Events?: readonly string[];
  readonly Function?: string;
  readonly LambdaFunctionArn?: string;
  readonly Queue?: string;
  readonly QueueArn?: string;
  readonly Topic?: string;
  readonly TopicArn?: string;
  readonly Filter?: {
    readonly S3Key?: { readonly Rules: readonly FilterRule[] };
    readonly Key?: { readonly FilterRules: readonly FilterRule[] };
  };
}

const LISTS = ['LambdaConfigurations', 'LambdaFunctionConfigurations', 'QueueConfigurations', 'TopicConfigurations'];

export function bucketNotifications(stack: ResolvedStack): BucketNotification[] {
  return stack.resourcesOf('AWS::S3::Bucket', 'Custom::S3BucketNotifications').flatMap(({ logicalId, type }) => {
    const all = (stack.property(logicalId, 'NotificationConfiguration') ?? {}) as Readonly<Record<string, readonly Configuration[]>>;
    const bucket = type === 'AWS::S3::Bucket' ? stack.identity(logicalId).name : stack.text(logicalId, 'BucketName');
    const configurations = LISTS.flatMap((list) => all[list] ?? []);
    return configurations.map((configuration, index) => ({
      logicalId,
      bucket,
      configurationId: configuration.Id ?? `${logicalId}-${index}`,
      targetArn: targetOf(configuration),
      events: configuration.Events ?? [configuration.Event ?? ''],
      prefix: ruleOf(configuration, 'prefix'),
      suffix: ruleOf(configuration, 'suffix'),
    }));
  });
}

function targetOf({ Function: functionArn, LambdaFunctionArn, Queue, QueueArn, Topic, TopicArn }: Configuration): string {
  return functionArn ?? LambdaFunctionArn ?? Queue ?? QueueArn ?? Topic ?? TopicArn ?? '';
}

function ruleOf({ Filter }: Configuration, name: string): string {
  const rules = Filter?.S3Key?.Rules ?? Filter?.Key?.FilterRules ?? [];
  return rules.find(({ Name }) => Name.toLowerCase() === name)?.Value ?? '';
}

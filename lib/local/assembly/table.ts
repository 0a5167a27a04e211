import type { ResolvedStack } from './resolved-stack';

/** Key attribute and its role, in the words of DynamoDB's API. */
export interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

export interface SecondaryIndex {
  readonly IndexName: string;
  readonly KeySchema: readonly KeyElement[];
  readonly Projection: { readonly ProjectionType?: string; readonly NonKeyAttributes?: readonly string[] };
}

/** A DynamoDB table of the template. */
export interface TableModel {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly keySchema: readonly KeyElement[];
  readonly attributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly globalIndexes: readonly SecondaryIndex[];
  readonly localIndexes: readonly SecondaryIndex[];
  readonly timeToLiveAttribute?: string;
}

export function tables(stack: ResolvedStack): TableModel[] {
  return stack.resourcesOf('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map(({ logicalId }) => {
    const { name, arn = '' } = stack.identity(logicalId);
    const timeToLive = stack.property(logicalId, 'TimeToLiveSpecification') as
      | { AttributeName?: string; Enabled?: boolean | string }
      | undefined;
    const indexes = (property: string) => ((stack.property(logicalId, property) ?? []) as SecondaryIndex[]).map(indexOf);
    return {
      logicalId,
      name,
      arn,
      keySchema: stack.property(logicalId, 'KeySchema') as TableModel['keySchema'],
      attributeDefinitions: (stack.property(logicalId, 'AttributeDefinitions') ?? []) as TableModel['attributeDefinitions'],
      globalIndexes: indexes('GlobalSecondaryIndexes'),
      localIndexes: indexes('LocalSecondaryIndexes'),
      ...(timeToLive?.AttributeName && String(timeToLive.Enabled) !== 'false' && { timeToLiveAttribute: timeToLive.AttributeName }),
    };
  });
}

/** Throughput and the like are left out: the local table has neither. */
function indexOf({ IndexName, KeySchema, Projection }: SecondaryIndex): SecondaryIndex {
  return { IndexName, KeySchema, Projection };
}

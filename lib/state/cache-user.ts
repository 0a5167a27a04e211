import { CfnUser, CfnUserGroup } from 'aws-cdk-lib/aws-elasticache';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { VALKEY_ACCESS_STRING } from '../../lambda/contract/chat-memory';
import { replaceableName } from './replaceable-name';

/** The one IAM user of a Valkey cache and the group that holds it. */
export class CacheUser extends Construct {
  /** Id and name: IAM authentication demands that they are equal. */
  readonly userName: string;
  readonly group: CfnUserGroup;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.userName = replaceableName(this);
    const user = new CfnUser(this, 'Resource', {
      engine: 'valkey',
      userId: this.userName,
      userName: this.userName,
      // CloudFormation takes this object as it stands; CDK does not capitalize its keys.
      authenticationMode: { Type: 'iam' },
      accessString: VALKEY_ACCESS_STRING,
    });
    // A Valkey group holds authenticated users only: the passwordless `default` user of Redis groups is refused.
    this.group = new CfnUserGroup(this, 'Group', { engine: 'valkey', userGroupId: replaceableName(this, ['group']), userIds: [user.ref] });
    this.group.addResourceDependency(user);
  }

  get userArn(): string {
    return Stack.of(this).formatArn({
      service: 'elasticache',
      resource: 'user',
      resourceName: this.userName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }
}

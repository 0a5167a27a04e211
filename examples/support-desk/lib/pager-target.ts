import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Duration } from 'aws-cdk-lib/core';
import { type IRequestRouter, RouteTarget, type RouteTargetConfig, RouteTargetKind } from 'cdk-serverless-ai';

/** Pages the person on call. A route target of our own: it grants the key, and says where requests go. */
export class PagerTarget extends RouteTarget {
  constructor(private readonly key: ISecret) {
    super();
  }

  override bind(router: IRequestRouter): RouteTargetConfig {
    this.key.grantRead(router.function);
    return {
      kind: RouteTargetKind.ENDPOINT,
      url: 'https://pager.example.com/v2/enqueue',
      secretArn: this.key.secretArn,
      timeout: Duration.seconds(5),
    };
  }
}

/** An ElastiCache user: its id and name are the same for IAM authentication. */
export interface CacheUser {
  readonly userName: string;
  /** ACL rules, such as `on ~chat:* -@all +get`. */
  readonly accessString: string;
}

/** A serverless cache of the template. */
export interface CacheModel {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly engine: string;
  readonly users: readonly CacheUser[];
}

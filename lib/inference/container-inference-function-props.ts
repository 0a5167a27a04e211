import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { Architecture, IDestination } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Duration, Size } from 'aws-cdk-lib/core';
import type { ProvisionedConcurrency } from '../concurrency/provisioned-concurrency';
import type { InferenceImage } from './inference-image';
import type { ModelSource } from './model-source';

/** Properties of ContainerInferenceFunction. */
export interface ContainerInferenceFunctionProps {
  /** The container image. */
  readonly image: InferenceImage;
  /**
   * Where the weights are; memory and /tmp are sized by them, and reading them is granted.
   * @default - the image brings what it needs, and nothing is checked
   */
  readonly model?: ModelSource;
  /**
   * Architecture of the image and of the function.
   * @default Architecture.ARM_64
   */
  readonly architecture?: Architecture;
  /**
   * Memory in MB; CPU grows with it.
   * @default - 1,769 MB (one vCPU), or more where the model needs it
   */
  readonly memorySize?: number;
  /**
   * Longest time that one request may take, including the load of the model where an environment is cold.
   * @default - 60 seconds, and one more for each 40 MiB of weights
   */
  readonly timeout?: Duration;
  /**
   * Size of /tmp.
   * @default - 512 MiB, or what a model in S3 needs
   */
  readonly ephemeralStorageSize?: Size;
  /**
   * Environments that are kept initialized.
   * @default - none
   */
  readonly concurrency?: ProvisionedConcurrency;
  /**
   * Environments at most. A new account has too few for any reservation.
   * @default - no reservation
   */
  readonly reservedConcurrentExecutions?: number;
  /**
   * Variables of the handler.
   * @default - none beyond those of the model
   */
  readonly environment?: Record<string, string>;
  /**
   * VPC of the function. A model in S3 then needs the gateway endpoint of S3.
   * @default - no VPC
   */
  readonly vpc?: IVpc;
  /**
   * Subnets in that VPC.
   * @default - private subnets
   */
  readonly vpcSubnets?: SubnetSelection;
  /**
   * Security groups in that VPC.
   * @default - a group of its own
   */
  readonly securityGroups?: ISecurityGroup[];
  /**
   * Where asynchronous events go that failed; set on the alias, since that is what is invoked.
   * @default - nowhere: inference is usually called synchronously
   */
  readonly onFailure?: IDestination;
  /**
   * How long logs are kept.
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;
  /**
   * Description of the function.
   * @default - none
   */
  readonly description?: string;
}

import type { Architecture } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import type { ModelSource } from './model-source';

/** Who runs an image, and with which weights. */
export interface ImageUse {
  readonly scope: IConstruct;
  readonly architecture: Architecture;
  readonly model?: ModelSource;
}

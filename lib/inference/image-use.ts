import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import type { ModelSource } from './model-source';

/** Who runs an image, and with which weights. */
export interface ImageUse {
  readonly scope: IConstruct;
  readonly architecture: Architecture;
  readonly model?: ModelSource;
  /** Variables that are set beside those of the image. */
  readonly environment?: Readonly<Record<string, string>>;
}

export function platformOf(architecture: Architecture): Platform {
  return architecture.name === Architecture.ARM_64.name ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64;
}

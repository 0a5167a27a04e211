import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import type { ContainerImage } from 'aws-cdk-lib/aws-ecs';

/** An image as services other than Lambda take it. */
export interface ImageArtifact {
  readonly containerImage: ContainerImage;
  readonly uri: string;
  readonly repository: IRepository;
}

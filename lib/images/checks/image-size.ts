import { AGENTCORE_IMAGE_SIZE } from '../../quotas/agentcore-quotas';
import { LAMBDA_IMAGE_SIZE } from '../../quotas/lambda-quotas';
import { copiesOf } from '../container-image';
import type { ImageCheck, ImageHome } from '../image-check';
import { contextOf } from '../image-contents';

const BYTES_PER_GIBIBYTE = 1_024 ** 3;
const QUOTAS: Readonly<Partial<Record<ImageHome, { readonly max?: number }>>> = {
  function: LAMBDA_IMAGE_SIZE,
  runtime: AGENTCORE_IMAGE_SIZE,
};

export const IMAGE_SIZE: ImageCheck = {
  id: 'image-size',
  title: 'Image that is larger than its service takes',
  why: 'Lambda refuses images over 10 GB, AgentCore those of 2 GB; what is counted here are the files that are copied, without the base image and what is installed.',
  severity: 'error',
  fix: 'use a smaller or quantized model, fetch it from S3, or run the image as a task on Fargate',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  *judge(image, { home }) {
    const most = QUOTAS[home]?.max;
    if (most === undefined || image.stage === undefined) return;
    // A file that a later layer overwrites is still in the earlier one.
    const bytes = copiesOf(image.stage).reduce((sum, copy) => {
      const context = contextOf(copy, { stages: image.dockerfile!.stages, context: image.context, named: image.named });
      const entries = copy.sources.flatMap((source) => context?.matching(source) ?? []);
      return sum + entries.flatMap((entry) => [entry, ...context!.below(entry)]).reduce((part, entry) => part + entry.bytes, 0);
    }, 0);
    const gibibytes = bytes / BYTES_PER_GIBIBYTE;
    if (gibibytes > most)
      yield { message: `the files that are copied into the image have ${gibibytes.toFixed(1)} GB, at most ${most} GB are taken` };
  },
};

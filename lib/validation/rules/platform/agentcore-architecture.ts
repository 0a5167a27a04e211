import type { Resource } from '../../../template/resource';
import type { Rule, Violation } from '../../rule';
import { architectureOf, imageAsset } from './containers/image-platform';

export const AGENTCORE_ARCHITECTURE: Rule = {
  id: 'agentcore-architecture',
  title: 'Image of an AgentCore runtime that is not for arm64',
  why: 'The runtime cannot be created: its sessions run on arm64 alone, and an image without a platform takes that of the machine that builds it.',
  severity: 'error',
  fix: 'state platform: Platform.LINUX_ARM64 for the image asset',
  source: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-service-contract.html',
  check: (graph) => graph.ofType('AWS::BedrockAgentCore::Runtime').flatMap((runtime) => violation(runtime) ?? []),
};

function violation(runtime: Resource): Violation | undefined {
  // Instances of a capacity provider may be of either architecture.
  if (runtime.get('CapacityProviderConfiguration') !== undefined) return undefined;
  const image = imageAsset(runtime, runtime.get('AgentRuntimeArtifact', 'ContainerConfiguration', 'ContainerUri'));
  if (image === undefined) return undefined;
  const built = architectureOf(image);
  if (built === 'arm64') return undefined;
  if (built !== undefined)
    return { resource: runtime, message: `the image is built for ${image.platform}, and sessions run on linux/arm64` };
  return {
    resource: runtime,
    severity: 'warning',
    message: 'the image is built for the machine that builds it, and sessions run on linux/arm64',
  };
}

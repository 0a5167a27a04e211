// An app with one image function and its model: node image-staging-app.cjs WHO CONTEXT WEIGHTS
const { join } = require('node:path');
const { App, Stack } = require('aws-cdk-lib/core');

const [who, context, weights] = process.argv.slice(2);
const stack = new Stack(new App(), 'Stack');
if (who === 'library') {
  const { ContainerInferenceFunction, InferenceImage, ModelSource } = require(join(__dirname, '..', 'dist', 'lib', 'index.js'));
  new ContainerInferenceFunction(stack, 'Inference', { image: InferenceImage.fromDirectory(context), model: ModelSource.bakedIn(weights) });
} else {
  // The resources that the construct makes, by hand.
  const { ManagedPolicy, Role, ServicePrincipal } = require('aws-cdk-lib/aws-iam');
  const { Architecture, DockerImageCode, DockerImageFunction, Tracing } = require('aws-cdk-lib/aws-lambda');
  const { LogGroup } = require('aws-cdk-lib/aws-logs');
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole'));
  const inference = new DockerImageFunction(stack, 'Inference', {
    code: DockerImageCode.fromImageAsset(context),
    architecture: Architecture.ARM_64,
    role,
    memorySize: 2048,
    logGroup: new LogGroup(stack, 'Logs'),
    tracing: Tracing.ACTIVE,
  });
  inference.addAlias('live');
}
stack.node.root.synth();

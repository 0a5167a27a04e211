#!/usr/bin/env node
import { App, Validations } from 'aws-cdk-lib/core';
import { ReferenceStack } from '../lib/reference/reference-stack';
import { ServerlessAiChecks } from '../lib/validation/serverless-ai-checks';

const app = new App();
const approvers: string | undefined = app.node.tryGetContext('approvers');
new ReferenceStack(app, 'ServerlessAi', {
  modelId: app.node.tryGetContext('modelId'),
  approvers: approvers?.split(',').map((approver) => approver.trim()),
  smallAccount: String(app.node.tryGetContext('smallAccount') ?? false) === 'true',
});
Validations.of(app).addPlugins(new ServerlessAiChecks());
app.synth();

#!/usr/bin/env node
import { App } from 'aws-cdk-lib/core';
import { ReferenceStack } from '../lib/reference/reference-stack';

const app = new App();
const approvers: string | undefined = app.node.tryGetContext('approvers');
new ReferenceStack(app, 'ServerlessAi', {
  modelId: app.node.tryGetContext('modelId'),
  approvers: approvers?.split(',').map((approver) => approver.trim()),
  smallAccount: String(app.node.tryGetContext('smallAccount') ?? false) === 'true',
});
app.synth();

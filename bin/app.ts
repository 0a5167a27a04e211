#!/usr/bin/env node
import { App } from 'aws-cdk-lib/core';
import { ReferenceStack } from '../lib/reference/reference-stack';

const app = new App();
new ReferenceStack(app, 'ServerlessAi', {
  modelId: app.node.tryGetContext('modelId'),
  smallAccount: String(app.node.tryGetContext('smallAccount') ?? false) === 'true',
});
app.synth();

// What a handler imports from `cdk-serverless-ai/runtime`: one line for each file, each bundled by itself.
export { chatMemory, identityOf } from './runtime/chat-memory';
export { keepWarm } from './runtime/keep-warm';
export { converse, converseStream } from './runtime/model/converse';
export { workflowContainer } from './runtime/workflow-container';
export { workflowStep } from './runtime/workflow-step';

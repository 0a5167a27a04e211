// What a handler imports from `cdk-serverless-ai/runtime`: one statement for each file, each bundled by itself.
export {
  type AppendResult,
  type ChatHistory,
  type ChatMemory,
  type ChatMemoryOptions,
  type ChatMessage,
  type ContentBlock,
  type Conversation,
  chatMemory,
  type Identity,
  identityOf,
} from './runtime/chat-memory';
export { type KeepWarmOptions, keepWarm } from './runtime/keep-warm';
export {
  converse,
  converseStream,
  type ModelAnswer,
  ModelError,
  type ModelEvent,
  type ModelRequest,
  type TokenUsage,
} from './runtime/model/converse';
export { runWorker, type WorkContext, type WorkerHandler, type WorkerOptions } from './runtime/worker';
export { workflowContainer } from './runtime/workflow-container';
export {
  type RunOptions,
  type StepContext,
  type StepHandler,
  type SubStepContext,
  type WorkflowStepOptions,
  workflowStep,
} from './runtime/workflow-step';

/** What a generated image starts with, whoever runs it. */
export const ENTRYPOINT = {
  /** Directory of the image that holds it. */
  directory: '/opt/serverless-ai',
  /** Hands over to Lambda's own start, or to one of the two below. */
  script: 'entrypoint.sh',
  /** Program of a Node.js image outside Lambda, beside the script. */
  program: 'entrypoint.cjs',
  /** Module of a Python image outside Lambda, beside the handler. */
  module: 'serverless_ai.container',
} as const;

/** Port on which AgentCore calls a container. Source: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-http-protocol-contract.html */
export const SERVER_PORT = 8_080;

/** Larger bodies are refused: they would fill the memory before anybody has looked at them. AgentCore passes on as much. */
export const MAX_BODY_BYTES = 100 * 1_024 * 1_024;

import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { chatMemory } from '../runtime/chat-memory';
import { keepWarm } from '../runtime/keep-warm';
import { converseStream } from '../runtime/model/converse';
import { type ChatTools, chat, type Deadline } from './chat';
import { responseStreaming } from './response-streaming';

const { streamifyResponse, HttpResponseStream } = responseStreaming();

const tools: ChatTools = {
  memory: chatMemory(),
  system: 'You are a helpful assistant. Answer briefly and plainly. Say so when you do not know.',
  converseStream,
  sleep: (ms, signal) => delay(ms, undefined, { signal }),
  random: Math.random,
  open: (stream, statusCode, headers) => HttpResponseStream.from(stream, { statusCode, headers }),
};

export const handler = streamifyResponse(
  keepWarm((event: unknown, stream: Writable, context: Deadline) => chat(event, stream, context, tools)),
);

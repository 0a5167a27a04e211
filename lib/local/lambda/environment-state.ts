/** `lost`: stopped under an invocation that its caller already sees as failed. */
export type EnvironmentState = 'initializing' | 'idle' | 'busy' | 'lost' | 'dead';

/** When idle environments end, in a time that is not the machine's: that of a trace which is played, for example. */
export interface IdleReclaim {
  /** Milliseconds. */
  now(): number;
  /** How long an environment that rests now will be kept. */
  lifetimeMs(): number;
}

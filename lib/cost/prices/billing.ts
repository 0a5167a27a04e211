/** In which steps and from which least amounts services bill. Pages: those of the prices, read 2026-11-24. */
export const BILLING = {
  lambda: { stepMs: 1, provisionedStepS: 300, asyncFreeKib: 256, asyncStepKib: 64, streamFreeMib: 6, snapStartMinimumS: 10_800 },
  edge: { memoryMib: 128 },
  managedInstances: { least: 3 },
  express: { stepMs: 100, stepMib: 64 },
  fargate: { minimumS: 60, windowsMinimumS: 300, freeDiskGib: 20 },
  elastiCache: { valkeyMinimumGb: 0.1, minimumGb: 1 },
  agentCore: { minimumGib: 0.125, stepS: 1 },
  apiGateway: { httpStepKib: 512, webSocketStepKib: 32 },
  messages: { stepKib: 64 },
  dynamoDb: { writeStepKib: 1, readStepKib: 4 },
  cloudRun: { stepMs: 100, minimumInstanceS: 60 },
  cloudflare: { containerStepMs: 10 },
  /** USD of usage that the Pro plan pays for: https://vercel.com/docs/plans/pro-plan */
  vercel: { creditUsd: 20 },
  eventPollers: { leastSqs: 2, leastKafka: 1 },
  cloudWatch: { standardPeriodS: 60, metricsOfAnomaly: 3, alarmsOfTracking: 2 },
  openSearchServerless: { leastUnits: 1, copiesWithStandby: 2 },
} as const;

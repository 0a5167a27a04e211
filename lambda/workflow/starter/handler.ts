import type { SFNClient } from '@aws-sdk/client-sfn';
import { Env } from '../../contract/env';
import { ClaimCheckStore } from '../../shared/claim-check';
import { readEnv, readOptionalEnv } from '../../shared/read-env';
import { answerStart, type StarterServices } from './start-run';

let opened: Promise<{ sdk: typeof import('@aws-sdk/client-sfn'); client: SFNClient }> | undefined;

function stepFunctions() {
  opened ??= import('@aws-sdk/client-sfn').then((sdk) => ({ sdk, client: new sdk.SFNClient({ maxAttempts: 5 }) }));
  return opened;
}

const claimChecks = new ClaimCheckStore(() => readEnv(Env.workflowBucket));

const services: StarterServices = {
  stateMachineArn: () => readEnv(Env.stateMachineArn),
  start: async (stateMachineArn, name, input) => {
    const { sdk, client } = await stepFunctions();
    try {
      await client.send(new sdk.StartExecutionCommand({ stateMachineArn, name, input }));
      return true;
    } catch (error) {
      if (error instanceof sdk.ExecutionAlreadyExists) return false;
      throw error;
    }
  },
  inputOf: async (executionArn) => {
    const { sdk, client } = await stepFunctions();
    return (await client.send(new sdk.DescribeExecutionCommand({ executionArn }))).input;
  },
};

/** EventBridge, EventBridge Scheduler and SQS call it. */
export const handler = (event: unknown): Promise<unknown> =>
  answerStart(event, readOptionalEnv(Env.workflowBucket) ? { ...services, store: (text) => claimChecks.put('inputs', text) } : services);

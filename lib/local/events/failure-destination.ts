import type { FailureRecord } from '../lambda/async-events';
import type { LambdaService } from '../lambda/lambda-service';
import type { LocalQueue } from '../local-queue';

export interface FailureDestinationOptions {
  readonly lambda: () => LambdaService;
  readonly queue: (name: string) => LocalQueue;
  readonly onUndelivered: (destinationArn: string, reason: string) => void;
}

/** Hands the record of an asynchronous event that failed for good to the destination that its qualifier names. */
export function failureDestination({ lambda, queue, onUndelivered }: FailureDestinationOptions) {
  return async (destinationArn: string, record: FailureRecord): Promise<void> => {
    const [, , service] = destinationArn.split(':');
    try {
      if (service === 'sqs') await queue(destinationArn.slice(destinationArn.lastIndexOf(':') + 1)).send(record);
      else if (service === 'lambda') {
        await lambda().invoke({ functionName: destinationArn, payload: JSON.stringify(record), invocationType: 'Event' });
      } else throw new Error('the local run delivers failures to queues and functions');
    } catch (error) {
      onUndelivered(destinationArn, (error as Error).message);
    }
  };
}

import { publishEvent } from '../event-bus';
import { failureTable } from './failure-table';
import { answerFailure } from './record-failure';

/** Step Functions calls it from the Catch of a step, and again when the run is redriven. */
export const handler = (event: unknown): Promise<unknown> => answerFailure(event, { table: failureTable, publish: publishEvent });

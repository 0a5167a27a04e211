import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { Env } from '../contract/env';
import { EVENT_SOURCE } from '../contract/envelope';
import { readOptionalEnv } from '../shared/read-env';

/** A PutEvents entry holds 256 KB at most. Source: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
export type PublishEvent = (detailType: string, detail: Readonly<Record<string, unknown>>) => Promise<void>;

let opened: Promise<{ sdk: typeof import('@aws-sdk/client-eventbridge'); client: EventBridgeClient }> | undefined;

/** Puts an event on the workflow's bus. PutEvents answers 200 for an entry that it did not take, so that is an error here. */
export const publishEvent: PublishEvent = async (detailType, detail) => {
  opened ??= import('@aws-sdk/client-eventbridge').then((sdk) => ({ sdk, client: new sdk.EventBridgeClient({}) }));
  const { sdk, client } = await opened;
  const bus = readOptionalEnv(Env.eventBusName);
  const entry = { Source: EVENT_SOURCE, DetailType: detailType, Detail: JSON.stringify(detail), ...(bus ? { EventBusName: bus } : {}) };
  const { Entries: [result] = [] } = await client.send(new sdk.PutEventsCommand({ Entries: [entry] }));
  if (result?.ErrorCode) throw new Error(`event ${detailType} was not taken: ${result.ErrorCode}: ${result.ErrorMessage ?? ''}`);
};

import type { LambdaClient } from '@aws-sdk/client-lambda';
import { Env } from '../../contract/env';
import { ErrorName } from '../../contract/errors';
import { NamedError } from '../../shared/named-error';
import { readEnv } from '../../shared/read-env';

/** Texts that the inference function takes in one call. */
const BATCH = 32;

let client: LambdaClient | undefined;

/** Embeds texts with the inference function of the stack, one vector of length 1 for each. */
export async function embed(texts: readonly string[], signal?: AbortSignal): Promise<number[][]> {
  const sdk = await import('@aws-sdk/client-lambda');
  client ??= new sdk.LambdaClient({});
  const vectors: number[][] = [];
  for (let start = 0; start < texts.length; start += BATCH) {
    const answer = await client.send(
      new sdk.InvokeCommand({
        FunctionName: readEnv(Env.embeddingFunctionArn),
        Payload: Buffer.from(JSON.stringify({ texts: texts.slice(start, start + BATCH), embeddings: true })),
      }),
      { abortSignal: signal },
    );
    const body = JSON.parse(Buffer.from(answer.Payload ?? []).toString('utf8'));
    if (answer.FunctionError !== undefined) {
      throw new NamedError(ErrorName.ModelUnavailable, `the embedding function failed: ${body?.errorType}: ${body?.errorMessage}`);
    }
    vectors.push(...(body.results as { embedding: number[] }[]).map(({ embedding }) => embedding));
  }
  return vectors;
}

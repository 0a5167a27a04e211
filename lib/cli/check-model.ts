import { CommandError } from './command-error';

const MODEL_TIMEOUT_MS = 5_000;

/** The workflow would retry an unreachable model for minutes; here nobody waits for that. */
export async function checkModel(url: string): Promise<void> {
  if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) {
    throw new CommandError('ModelUrl', `--model-url must be an http or https URL, got ${JSON.stringify(url)}`);
  }
  try {
    await (await fetch(url, { signal: AbortSignal.timeout(MODEL_TIMEOUT_MS) })).body?.cancel();
  } catch (error) {
    const { message, cause } = error as Error;
    throw new CommandError(
      'ModelUnreachable',
      `no server answers at ${url}: ${(cause as Error | undefined)?.message || message}`,
      'start it, or leave --model-url out for the local model',
    );
  }
}

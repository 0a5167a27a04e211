import { Aborted, orAborted } from '../abort';
import { AslError } from '../asl-error';
import { isObject } from '../definition/problems';
import { StatesError } from '../state-error';
import type { StateVisit } from '../state-visit';

/** An object as ListObjectsV2 lists it. */
export type ListedObject = Readonly<Record<string, unknown>> & { readonly Key: string };

/** As items of a map run have it: the tag under a name of its own, the time in whole seconds. */
function listedObject({ ETag, LastModified, ...others }: Readonly<Record<string, unknown>>): ListedObject {
  const modified = typeof LastModified === 'string' ? Math.floor(Date.parse(LastModified) / 1000) : LastModified;
  return {
    ...(ETag !== undefined && { Etag: ETag }),
    ...others,
    ...(modified !== undefined && { LastModified: modified }),
  } as ListedObject;
}

/** `arn:aws:states:::s3:getObject`, in the partition of the state's own Resource. */
const GET_OBJECT = 'arn:aws:states:::s3:getObject';

/**
 * The objects that a map run reads and writes. Its calls go the way of all tasks, so that they are answered, mocked, recorded
 * and authorised like those of a Task state.
 */
export class MapObjects {
  constructor(
    private readonly visit: StateVisit,
    /** What a refused call makes of the map run. */
    private readonly failure: string,
  ) {}

  async read(parameters: unknown, resource = GET_OBJECT): Promise<string> {
    const answer = await this.call(resource, parameters);
    const body = isObject(answer) && 'Body' in answer ? answer['Body'] : answer;
    if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8');
    return typeof body === 'string' ? body : JSON.stringify(body);
  }

  /** Every page of the listing. */
  async list(resource: string, parameters: unknown): Promise<ListedObject[]> {
    const found: ListedObject[] = [];
    let more: string | undefined;
    do {
      const page = await this.call(resource, { ...(parameters as object), ...(more !== undefined && { ContinuationToken: more }) });
      const contents = isObject(page) ? (page['Contents'] ?? []) : page;
      found.push(...(contents as Readonly<Record<string, unknown>>[]).map(listedObject));
      more = isObject(page) && typeof page['NextContinuationToken'] === 'string' ? page['NextContinuationToken'] : undefined;
    } while (more !== undefined);
    return found;
  }

  async write(resource: string, parameters: Readonly<Record<string, unknown>>): Promise<void> {
    await this.call(resource, parameters);
  }

  private async call(resource: string, input: unknown): Promise<unknown> {
    const { runtime, state, signal } = this.visit;
    const request = { resource, stateName: state.name, input, executionArn: runtime.executionArn, signal };
    try {
      return await orAborted(Promise.resolve(runtime.tasks(request)), signal);
    } catch (error) {
      if (error instanceof Aborted) throw error;
      // What the interpreter itself cannot do must not look like an answer of S3.
      if (error instanceof AslError && error.error === StatesError.Runtime) throw error;
      throw new AslError(this.failure, error instanceof AslError ? error.cause : String((error as Error).message));
    }
  }
}

import { ErrorName } from '../../contract/errors';
import { workflowStep } from '../../runtime/workflow-step';
import { NamedError } from '../../shared/named-error';
import { documents } from '../document-store';
import { LIBRARY } from '../research';
import { extractText } from './extract-text';

/** The `detail` of an `Object Created` event. */
interface ObjectCreated {
  readonly bucket: { readonly name: string };
  readonly object: { readonly key: string };
}

export const handler = workflowStep(async (ctx, input: { readonly detail: ObjectCreated }) => {
  const { bucket, object } = input?.detail ?? {};
  if (typeof bucket?.name !== 'string' || typeof object?.key !== 'string') {
    throw new NamedError(ErrorName.InvalidInput, 'expected an Object Created event with detail.bucket.name and detail.object.key');
  }
  const file = object.key.replace(/^inbox\//, '');
  const text = await ctx.run('extract', async ({ signal }) =>
    extractText(object.key, await documents.read(object.key, bucket.name, signal)),
  );
  await ctx.run('shelve', () => documents.write(`${LIBRARY}${file}`, text));
  return { file, text };
});

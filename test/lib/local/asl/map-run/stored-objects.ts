import { AslError } from '../../../../../lib/local/asl/asl-error';
import type { TaskHandler, TaskRequest } from '../../../../../lib/local/asl/task';

interface Call {
  readonly Bucket: string;
  readonly Key?: string;
  readonly Prefix?: string;
  readonly Body?: string;
  readonly ContinuationToken?: string;
}

/** Tasks that answer the calls of readers and writers from memory, two keys a page; any other task fails for `bad` and echoes otherwise. */
export function storedObjects(objects: Record<string, string>): { tasks: TaskHandler; requests: TaskRequest[] } {
  const requests: TaskRequest[] = [];
  const tasks: TaskHandler = async (request) => {
    requests.push(request);
    const { resource, input } = request;
    const call = input as Call;
    if (resource.endsWith('s3:getObject')) {
      const Body = objects[call.Key ?? ''];
      if (Body === undefined) throw new AslError('S3.NoSuchKeyException', 'The specified key does not exist.');
      return { Body };
    }
    if (resource.endsWith('s3:listObjectsV2')) {
      const keys = Object.keys(objects).filter((key) => key.startsWith(call.Prefix ?? ''));
      const from = Number(call.ContinuationToken ?? 0);
      const Contents = keys.slice(from, from + 2).map((Key) => ({ Key, Size: objects[Key]?.length }));
      return { Contents, ...(from + 2 < keys.length && { NextContinuationToken: String(from + 2) }) };
    }
    if (resource.endsWith('s3:putObject')) {
      objects[call.Key ?? ''] = call.Body ?? '';
      return {};
    }
    if (JSON.stringify(input).includes('bad')) throw new AslError('E', 'why');
    return input;
  };
  return { tasks, requests };
}

export const GET = 'arn:aws:states:::s3:getObject';
export const LIST = 'arn:aws:states:::s3:listObjectsV2';
export const PUT = 'arn:aws:states:::s3:putObject';

/** A Map state whose children each run one task. */
export function distributed(fields: object, type = 'STANDARD'): object {
  return {
    Type: 'Map',
    Label: 'docs',
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: type },
      StartAt: 'Each',
      States: { Each: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } },
    },
    End: true,
    ...fields,
  };
}

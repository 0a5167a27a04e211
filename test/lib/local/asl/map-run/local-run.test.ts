import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { runSmall, stopAll } from '../../small-app';

jest.setTimeout(120_000);
afterAll(stopAll);

test('a Distributed Map reads from and writes to the buckets of a local run under the role of its machine', async () => {
  const local = await runSmall((stack) => {
    stack.node.setContext('@aws-cdk/aws-stepfunctions:useDistributedMapResultWriterV2', true);
    const data = new s3.Bucket(stack, 'Data');
    const map = new sfn.DistributedMap(stack, 'EachRow', {
      label: 'rows',
      itemReader: new sfn.S3CsvItemReader({ bucket: data, key: 'in/rows.csv', csvHeaders: sfn.CsvHeaders.useFirstRow() }),
      itemBatcher: new sfn.ItemBatcher({ maxItemsPerBatch: 2 }),
      resultWriterV2: new sfn.ResultWriterV2({
        bucket: data,
        prefix: 'out',
        writerConfig: { outputType: sfn.OutputType.JSONL, transformation: sfn.Transformation.COMPACT },
      }),
    }).itemProcessor(new sfn.Pass(stack, 'Keep'), { mode: sfn.ProcessorMode.DISTRIBUTED, executionType: sfn.ProcessorType.STANDARD });
    const listed = new sfn.DistributedMap(stack, 'EachObject', {
      itemReader: new sfn.S3ObjectsItemReader({ bucket: data, prefix: 'in/' }),
      itemSelector: { 'key.$': '$$.Map.Item.Value.Key', 'size.$': '$$.Map.Item.Value.Size' },
    }).itemProcessor(new sfn.Pass(stack, 'Keep2'), { mode: sfn.ProcessorMode.DISTRIBUTED, executionType: sfn.ProcessorType.STANDARD });
    new sfn.StateMachine(stack, 'Rows', { definitionBody: sfn.DefinitionBody.fromChainable(map) });
    new sfn.StateMachine(stack, 'Objects', { definitionBody: sfn.DefinitionBody.fromChainable(listed) });
  });
  const bucket = local.bucket('Data');
  await bucket.put('in/rows.csv', 'id,name\n1,Ada\n2,Bo\n3,"C, c"\n');
  const run = await local.workflow('Rows').start({});
  const result = await run.result();
  expect(result).toMatchObject({
    status: 'SUCCEEDED',
    output: {
      MapRunArn: expect.stringMatching(/:mapRun:[^/]+\/rows:[\w-]{36}$/),
      ResultWriterDetails: { Key: expect.stringMatching(/^out\/[\w-]{36}\/manifest\.json$/) },
    },
  });
  const { ResultWriterDetails } = result.output as { ResultWriterDetails: { Key: string } };
  const manifest = JSON.parse((await bucket.get(ResultWriterDetails.Key)) ?? '') as { ResultFiles: { SUCCEEDED: { Key: string }[] } };
  const written = await bucket.get(manifest.ResultFiles.SUCCEEDED[0]?.Key ?? '');
  expect(written?.split('\n').map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      Items: [
        { id: '1', name: 'Ada' },
        { id: '2', name: 'Bo' },
      ],
    },
    { Items: [{ id: '3', name: 'C, c' }] },
  ]);
  const objects = await (await local.workflow('Objects').start({})).result();
  expect(objects).toMatchObject({ status: 'SUCCEEDED', output: [{ key: 'in/rows.csv', size: 28 }] });
});

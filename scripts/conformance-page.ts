import { type CoverageGroup, coverage } from '../test/conformance/coverage';
import { readCases } from '../test/conformance/read-cases';

const COLUMNS = 4;

/** Names and counts, several to a row: the table is long enough as it is. */
function table({ title, counts }: CoverageGroup): string {
  const cells = [...counts].map(([name, count]) => `\`${name}\` | ${count}`);
  const rows = Array.from({ length: Math.ceil(cells.length / COLUMNS) }, (_, index) => cells.slice(index * COLUMNS, (index + 1) * COLUMNS));
  const lines = rows.map((row) => `| ${[...row, ...Array<string>(COLUMNS - row.length).fill(' | ')].join(' | ')} |`);
  const head = `| ${Array(COLUMNS).fill('| cases').join(' | ')} |`;
  const rule = `| ${Array(COLUMNS).fill('--- | ---:').join(' | ')} |`;
  return [`### ${title}`, '', head, rule, ...lines].join('\n');
}

/** docs/conformance.md: what is told by hand, and the counts of the cases. */
export function conformancePage(): string {
  const files = readCases();
  const cases = [...files.values()].flat();
  return `${WRITTEN}
## Cases

Generated from test/conformance: ${cases.length} cases run through \`serverless-ai asl --skip-time\`, each citing the section that it tries.

| file | cases |
| --- | ---: |
${[...files].map(([file, list]) => `| ${file} | ${list.length} |`).join('\n')}

How many of them use each part of the language:

${coverage(cases).map(table).join('\n\n')}
`;
}

const WRITTEN = `# Conformance of the interpreter

\`serverless-ai asl\` interprets one definition in the Amazon States Language and prints what Step Functions would have made of it:

\`\`\`sh
npx serverless-ai asl definition.json --input '{"n": 1}' --mocks mocks.json --context context.json --skip-time
\`\`\`

Standard output is one JSON value, \`{"status", "output", "error", "cause", "events"}\`. \`status\` is SUCCEEDED, FAILED or TIMED_OUT, all with exit code 0: the
interpretation worked. \`output\` is a JSON value, null unless SUCCEEDED. \`events\` are the items of GetExecutionHistory. A definition that CreateStateMachine refuses
exits with 1 and \`{"error": {"code": "InvalidDefinition", "problems": [{"path", "message"}]}}\`; so does one that cannot be interpreted faithfully.

## Mocks

A mock is a list of outcomes for a \`Resource\`, or, for functions, for the function's name or ARN, with or without a qualifier; the most exact key is used.
Outcomes are used in the order of the calls, over iterations, branches and child executions alike, and the last one repeats.

\`\`\`json
{
  "arn:aws:states:::lambda:invoke": [{ "return": { "StatusCode": 200, "Payload": { "ok": true } } }],
  "my-function:live": [{ "throw": { "Error": "Lambda.TooManyRequestsException", "Cause": "slow down" } }, { "return": { "Payload": 1 }, "sleep": 2 }],
  "arn:aws:states:::sqs:sendMessage.waitForTaskToken": [{ "return": { "approved": true }, "sleep": 86400 }]
}
\`\`\`

- \`return\` is the whole result of the integration, as the mocks of Step Functions Local have it: of \`lambda:invoke\` with its \`Payload\`, of a function named
  directly as \`Resource\` what the function returns, of \`startExecution.sync:2\` with its \`Output\`.
- Of \`.waitForTaskToken\`, \`return\` is the output that SendTaskSuccess brings and \`throw\` what SendTaskFailure brings; the call itself succeeds.
- \`sleep\` is in seconds, on the clock of the execution: with TimeoutSeconds or HeartbeatSeconds below it, the task times out.
- A call that no mock answers fails the execution with States.Runtime, which nothing catches, and names the Resource and the function.

## Context and time

\`--context\` is laid over the context object of every state, object by object. \`--skip-time\` jumps to the next timer; the run begins at
2026-01-01T00:00:00Z, or at \`Execution.StartTime\` of the context, and times, random numbers, UUIDs and tokens are the same in every run.

## What differs, and what is refused

Behaviour follows results that were recorded on AWS where they are public, else the Amazon States Language specification and the developer guide.

- Heartbeats: only a mock's \`sleep\` tells how long a task takes, so a task with HeartbeatSeconds misses its first beat when it sleeps longer. As recorded, the
  error is States.Timeout; Retry and Catch also know it as States.HeartbeatTimeout.
- A ResultPath or ItemsPath that the input does not allow is States.ReferencePathConflict, as AWS reports it; Retry and Catch also know it by the
  name that the specification gives, States.ResultPathMatchFailure.
- States.ArrayUnique answers in the order of a Java HashSet and a seed of States.MathRandom gives what it gives on AWS, as recorded.
- States.DataLimitExceeded and States.Runtime are caught by their own names at most, not by States.ALL or States.TaskFailed, as the guide has it.
- Whole numbers above 2^53 lose digits: on AWS those up to 2^63 do not.
- An evaluation that would run on and on ends after five seconds; the guide names no time.
- Whether a service would accept the Arguments of a task, and whether the role may call it, is not checked: mocks answer.
- Distributed Map: datasets come from the mocks of \`arn:aws:states:::s3:getObject\` (\`{"return": {"Body": "text"}}\`) and \`s3:listObjectsV2\`
  (\`{"return": {"Contents": […]}}\`), results go to the mock of \`s3:putObject\`; the events of child executions are not in \`events\`. Results of one outcome
  are one file, however large. Refused by name: InputType PARQUET and MANIFEST, ManifestType S3_INVENTORY, OutputType JSONL without a Resource.
- A batch of ItemBatcher that one item alone makes too large fails with States.Runtime: what AWS does with it is not documented.
- Express workflows (type EXPRESS, StartSyncExecution) are not emulated; EXPRESS children of a Distributed Map are.
- Refused at load by \`run\`, \`local\` and the tests, since nothing could run them there: activities, \`Credentials\` of a task, HeartbeatSeconds on a task
  that has no token, Resources of services that are not emulated. \`asl\` takes them, with mocks.
`;

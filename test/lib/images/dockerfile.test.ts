// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables are those of Docker
import { type Copy, readDockerfile, stageChain, stageNamed, targetStage } from '../../../lib/images/dockerfile';

const TEXT = `# syntax=docker/dockerfile:1
ARG NODE=24
FROM --platform=linux/arm64 node:\${NODE} AS Deps
RUN npm ci \\
    # a comment inside
    --omit=dev
from deps as final
copy ["a b.txt", "/x/"]
COPY --chown=1:1 --chmod=0755 --from=Deps /n /n
COPY one two* $THREE y/
ENTRYPOINT ["node"]
`;

const copies = (text: string, options = {}) =>
  (targetStage(readDockerfile(text, options))?.steps ?? []).filter((step): step is Copy => step.kind === 'copy');
const last = (lines: string, options = {}) => targetStage(readDockerfile(`FROM x\n${lines}`, options))!;

test('stages, names, platforms and continued instructions', () => {
  const { stages } = readDockerfile(TEXT);
  const [deps, final] = stages;
  expect(deps).toMatchObject({ base: 'node:24', name: 'deps', platform: 'linux/arm64', line: 3 });
  expect(deps?.steps).toEqual([{ kind: 'run', command: 'npm ci --omit=dev', line: 4 }]);
  expect(final).toMatchObject({ base: 'deps', name: 'final', parent: deps, entrypoint: ['node'] });
  expect(final?.platform).toBeUndefined();
});

test('a stage has the steps of the one it starts from, then its own', () => {
  expect(copies(TEXT)).toEqual([
    { kind: 'copy', sources: ['a b.txt'], target: '/x', intoDirectory: true, line: 8 },
    { kind: 'copy', from: 'Deps', sources: ['/n'], target: '/n', intoDirectory: false, mode: '0755', line: 9 },
    { kind: 'copy', sources: ['one', 'two*', '$THREE'], target: '/y', intoDirectory: true, line: 10 },
  ]);
  expect(targetStage(readDockerfile(TEXT))?.steps[0]).toMatchObject({ kind: 'run', line: 4 });
});

test('the chain leads from the built stage to its base; names do not care for case, numbers count from 0', () => {
  const file = readDockerfile(TEXT);
  expect(stageChain(targetStage(file)).map(({ name }) => name)).toEqual(['final', 'deps']);
  expect(stageChain(targetStage(file, 'DEPS')).map(({ name }) => name)).toEqual(['deps']);
  expect(stageChain(targetStage(file, 'other'))).toEqual([]);
  expect(stageNamed(file.stages, '1')?.name).toBe('final');
});

test('a stage that is named as its base starts from the image of that name', () => {
  expect(stageChain(targetStage(readDockerfile('FROM a AS a')))).toHaveLength(1);
});

test.each(['', '# only a comment', '\n\n'])('%j has no stages', (text) => {
  expect(readDockerfile(text)).toEqual({ stages: [], problems: [] });
});

test.each([
  ['RUN echo', 1, 'RUN before FROM'],
  ['FROM x\n\nCOPPY a b', 3, 'unknown instruction COPPY'],
  ['FROM x\nCOPY only', 2, 'COPY needs a source and a target'],
])('what Docker refuses is told with its line: %j', (text, line, message) => {
  expect(readDockerfile(text).problems).toEqual([{ line, message }]);
});

test('ENV in both forms, with quotes, and with what one line sets not seen on that line', () => {
  const { environment } = last(
    'ENV A=1 B="two words" C=\'$A\' \\\n  # comment\n\n  D=${A:-none}\nENV OLD value with spaces\nENV E=$A F=${X:-d} G=${A:+set} H=\\$A I=$PATH',
  );
  expect(environment).toEqual({
    A: '1',
    B: 'two words',
    C: '$A',
    D: 'none',
    OLD: 'value with spaces',
    E: '1',
    F: 'd',
    G: 'set',
    H: '$A',
    // The base image sets it.
    I: '$PATH',
  });
});

test('arguments: of the build, else of the file, else of the same name before FROM; an empty one is empty', () => {
  const text = 'ARG BASE=node\nARG TAG=1\nFROM ${BASE}:$TAG\nARG TAG\nARG WHERE=here OTHER\nENV ALL="$TAG $WHERE $OTHER $BASE"';
  const stage = (buildArgs: Record<string, string>) => targetStage(readDockerfile(text, { buildArgs }))!;
  expect(stage({})).toMatchObject({ base: 'node:1', environment: { ALL: '1 here  $BASE' } });
  expect(stage({ TAG: '2', WHERE: 'there', OTHER: 'o' })).toMatchObject({ base: 'node:2', environment: { ALL: '2 there o $BASE' } });
  expect(stage({}).settings.map(({ keyword, name, value }) => [keyword, name, value])).toEqual([
    ['ARG', 'TAG', '1'],
    ['ARG', 'WHERE', 'here'],
    ['ARG', 'OTHER', undefined],
    ['ENV', 'ALL', '1 here  $BASE'],
  ]);
});

test('arguments of the platform', () => {
  const text = 'FROM x\nARG TARGETARCH\nCOPY bin/$TARGETARCH/app /app';
  expect(copies(text, { platform: 'linux/arm64' })[0]?.sources).toEqual(['bin/arm64/app']);
});

test('heredocs are content, not paths; a command may be one', () => {
  const stage = last('COPY <<EOF extra.txt /etc/\nhello /x\nEOF\nRUN <<EOF\npip install x\necho done\nEOF\nRUN cat <<"A" > /b\none\nA');
  expect(stage.steps).toEqual([
    { kind: 'copy', sources: ['extra.txt'], target: '/etc', intoDirectory: true, line: 2 },
    { kind: 'run', command: 'pip install x\necho done', line: 5 },
    { kind: 'run', command: 'cat <<"A" > /b\none', line: 9 },
  ]);
});

test('mounts stand before the command, and a directive can change the escape character', () => {
  expect(last('RUN --mount=type=secret,id=x pip install y').steps).toEqual([
    { kind: 'run', command: '--mount=type=secret,id=x pip install y', line: 2 },
  ]);
  const text = '# escape=`\nFROM x\nRUN one `\n  two\nCOPY a C:\\b\\';
  expect(targetStage(readDockerfile(text))?.steps[0]).toMatchObject({ command: 'one two' });
});

test('working directories, from the base on', () => {
  expect(last('WORKDIR app\nWORKDIR ../b').workdir).toBe('/b');
  const lambda = targetStage(readDockerfile('FROM public.ecr.aws/lambda/python:3.13\nCOPY app.py .\nCOPY x ${LAMBDA_TASK_ROOT}/lib/'))!;
  expect(lambda.steps).toMatchObject([{ target: '/var/task' }, { target: '/var/task/lib' }]);
});

test('an entry point takes away the command of the stage below, not its own', () => {
  const below = 'FROM x AS a\nCMD ["one"]\nFROM a\n';
  expect(targetStage(readDockerfile(`${below}ENTRYPOINT ["run"]`))?.command).toBeUndefined();
  expect(targetStage(readDockerfile(`${below}CMD two\nENTRYPOINT ["run"]`))).toMatchObject({
    command: ['/bin/sh', '-c', 'two'],
    entrypoint: ['run'],
  });
  expect(targetStage(readDockerfile(below))?.command).toEqual(['one']);
});

test('windows line ends and a byte order mark', () => {
  expect(targetStage(readDockerfile('\uFEFFFROM x\r\nENV A=1\r\nRUN a \\\r\n b\r\n'))).toMatchObject({
    environment: { A: '1' },
    steps: [{ command: 'a b' }],
  });
});

import { contextSources, parseDockerfile, stageChain } from '../../../lib/inference/dockerfile';

const TEXT = `# syntax=docker/dockerfile:1
ARG NODE=24
FROM --platform=linux/arm64 node:\${NODE} AS Deps
RUN npm ci \\
    # a comment inside
    --omit=dev
from deps as final
copy ["a b.txt", "/x/"]
COPY --chown=1:1 --from=Deps /n /n
COPY one two* $THREE /y/
ENTRYPOINT ["node"]
`;

test('stages, names, platforms and continued instructions', () => {
  const [deps, final] = parseDockerfile(TEXT);
  expect(deps).toMatchObject({ base: `node:\${NODE}`, name: 'deps', platform: 'linux/arm64' });
  expect(deps?.instructions).toEqual([{ keyword: 'RUN', value: 'npm ci  --omit=dev', line: 4 }]);
  expect(final).toMatchObject({ base: 'deps', name: 'final', platform: undefined });
  expect(final?.instructions.map(({ keyword }) => keyword)).toEqual(['COPY', 'COPY', 'COPY', 'ENTRYPOINT']);
});

test('sources from the context, without stages, wildcards and variables', () => {
  const [, final] = parseDockerfile(TEXT);
  expect(final?.instructions.map(contextSources)).toEqual([['a b.txt'], [], ['one'], []]);
});

test('the chain leads from the built stage to its base', () => {
  const stages = parseDockerfile(TEXT);
  expect(stageChain(stages).map(({ name }) => name)).toEqual(['final', 'deps']);
  expect(stageChain(stages, 'DEPS').map(({ name }) => name)).toEqual(['deps']);
  expect(stageChain(stages, 'other')).toEqual([]);
});

test('a stage that starts from itself ends the chain', () => {
  expect(stageChain(parseDockerfile('FROM a AS a'))).toHaveLength(1);
});

test.each(['', '# only a comment', 'RUN echo'])('%j has no stages', (text) => {
  expect(parseDockerfile(text)).toEqual([]);
});

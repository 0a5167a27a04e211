import { BuildContext } from '../../../lib/images/build-context';
import { readDockerfile, targetStage } from '../../../lib/images/dockerfile';
import { contentsOf } from '../../../lib/images/image-contents';
import { directoryWith, removeDirectories } from './context-fixture';

afterEach(removeDirectories);

function contents(text: string, files: Record<string, string>, named: Record<string, Record<string, string>> = {}) {
  const file = readDockerfile(text);
  return contentsOf(targetStage(file)!, {
    stages: file.stages,
    context: new BuildContext(directoryWith({ Dockerfile: text, ...files })),
    named: new Map(Object.entries(named).map(([name, each]) => [name, new BuildContext(directoryWith(each))])),
  });
}

const paths = (text: string, files: Record<string, string>, named: Record<string, Record<string, string>> = {}) =>
  [...contents(text, files, named).files.keys()].sort();

test.each<[string, Record<string, string>, readonly string[]]>([
  ['COPY a.txt /x/', { 'a.txt': '' }, ['/x/a.txt']],
  ['COPY a.txt /x', { 'a.txt': '' }, ['/x']],
  ['COPY dir /x', { 'dir/a': '', 'dir/b/c': '' }, ['/x/a', '/x/b/c']],
  ['COPY *.txt /x/', { 'a.txt': '', 'b.txt': '', 'sub/c.txt': '' }, ['/x/a.txt', '/x/b.txt']],
  ['COPY . /x', { 'a.txt': '', '.dockerignore': 'Dockerfile\n.dockerignore\n' }, ['/x/a.txt']],
  ['WORKDIR /app\nCOPY a b ./', { a: '', b: '' }, ['/app/a', '/app/b']],
  ['COPY a /x\nCOPY b /x', { a: '1', b: '22' }, ['/x']],
  ['COPY missing /x/', {}, []],
])('%s', (line, files, expected) => {
  expect(paths(`FROM x\n${line}`, files)).toEqual(expected);
});

test('the later copy of a path wins', () => {
  expect(contents('FROM x\nCOPY a /x\nCOPY b /x', { a: '1', b: '22' }).files.get('/x')?.entry.bytes).toBe(2);
});

test('through stages and named contexts', () => {
  const text =
    'FROM x AS code\nWORKDIR /build\nCOPY src src\nFROM x\nCOPY --from=code /build/src /var/task/\nCOPY --from=weights . /opt/m\n';
  const found = contents(text, { 'src/app.py': '' }, { weights: { 'm.onnx': '' } });
  expect([...found.files.keys()]).toEqual(['/var/task/app.py', '/opt/m/m.onnx']);
  expect(found.unknown).toEqual([]);
});

test('what other images and what stages with commands bring is unknown', () => {
  const text = 'FROM x AS made\nCOPY a /a\nRUN make\nFROM x\nCOPY --from=made /a /made/\nCOPY --from=ghcr.io/uv /uv /bin/\n';
  const found = contents(text, { a: '' });
  expect([...found.files.keys()]).toEqual(['/made/a']);
  expect(found.unknown).toEqual(['/made', '/bin']);
});

test('modes: of the file, of --chmod, and none where that is in words', () => {
  const text = 'FROM x\nCOPY a /1\nCOPY --chmod=644 a /2\nCOPY --chmod=a+r a /3';
  const { files } = contents(text, { 'a@600': 'x' });
  const modes = ['/1', '/2', '/3'].map((path) => files.get(path)?.mode);
  expect(modes).toEqual([process.platform === 'win32' ? expect.any(Number) : 0o600, 0o644, undefined]);
});

test('the ignore file of the Dockerfile comes before that of the context, and links are not followed', () => {
  const directory = directoryWith({ a: '', b: '', 'Other.dockerignore': 'a', '.dockerignore': 'b' });
  expect(new BuildContext(directory, 'Other').at('a')).toBeUndefined();
  expect(new BuildContext(directory, 'Other').ignoredBy('a')).toMatch(/Other\.dockerignore$/);
  expect(new BuildContext(directory, 'Dockerfile').at('b')).toBeUndefined();
  expect(new BuildContext(directory).ignoredBy('missing')).toBeUndefined();
  expect(new BuildContext('/nowhere').matching('*')).toEqual([]);
});

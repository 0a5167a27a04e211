import { Dockerignore } from '../../../lib/images/dockerignore';

test.each<[string, readonly string[], readonly string[]]>([
  ['*.log', ['a.log'], ['sub/a.log', 'a.log.txt']],
  ['**/*.log', ['a.log', 'sub/deep/a.log'], ['a.txt']],
  ['/data/', ['data', 'data/deep/x'], ['other/data', 'database']],
  ['data', ['data/x'], ['sub/data']],
  ['a/**/z', ['a/z', 'a/b/c/z', 'a/b/z/in'], ['z']],
  ['a/**', ['a/b', 'a/b/c'], ['a', 'ab']],
  ['./x/../y', ['y', 'y/z'], ['x']],
  ['te?t', ['test', 'text'], ['te/t', 'tet']],
  ['[ab].txt', ['a.txt', 'b.txt'], ['c.txt']],
  ['# data\n\n  spaces  ', ['spaces'], ['# data', 'data']],
  ['*\n!keep.txt', ['a', 'sub/x'], ['keep.txt']],
  ['!keep.txt\n*', ['keep.txt'], []],
  ['models\n!models/small', ['models/large/x', 'models/a'], ['models/small', 'models/small/x']],
  ['docs\n!docs/*.md\ndocs/secret.md', ['docs/a.txt', 'docs/secret.md'], ['docs/a.md']],
  ['*.md\r\n!README.md\r\n', ['a.md'], ['README.md']],
  ['\\#odd', ['#odd'], ['odd']],
  ['a.b+c(d)', ['a.b+c(d)'], ['aXb+c(d)']],
  ['', [], ['anything']],
])('%j', (text, ignored, kept) => {
  const rules = new Dockerignore(text);
  expect(ignored.filter((path) => !rules.ignores(path))).toEqual([]);
  expect(kept.filter((path) => rules.ignores(path))).toEqual([]);
});

import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAssets } from '../../../lib/template/assets';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'assets-')));
});
afterEach(() => rmSync(root, { recursive: true }));

function contextOf(assembly: string, path: string, directory = 'asset.h'): string | undefined {
  const manifest = {
    dockerImages: { h: { source: { directory, dockerBuildContexts: { model: path } }, destinations: { d: { imageTag: 'tag' } } } },
  };
  return readAssets(assembly, manifest).images.get('tag')?.buildContexts['model'];
}

test('a named build context is found from the staged directory, where the build starts', () => {
  expect(contextOf(join(root, 'cdk.out'), '../../weights')).toBe(join(root, 'weights'));
  expect(contextOf(join(root, 'cdk.out'), '../model.abc')).toBe(join(root, 'cdk.out', 'model.abc'));
  expect(contextOf(join(root, 'cdk.out', 'assembly-Stage'), '../../weights', '../asset.h')).toBe(join(root, 'weights'));
  expect(contextOf(join(root, 'cdk.out'), '/weights')).toBe('/weights');
});

test('links are followed before the way goes up, as the kernel does', () => {
  mkdirSync(join(root, 'scratch', 'out', 'asset.h'), { recursive: true });
  symlinkSync(join(root, 'scratch', 'out'), join(root, 'cdk.out'));
  expect(contextOf(join(root, 'cdk.out'), '../../weights')).toBe(join(root, 'scratch', 'weights'));
});

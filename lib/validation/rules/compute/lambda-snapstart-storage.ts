import { LAMBDA_SNAPSTART_STORAGE } from '../../../quotas/lambda-start-quotas';
import { FUNCTION } from '../../../template/function-target';
import type { Rule } from '../../rule';
import { hasSnapStart } from './function-settings';

export const LAMBDA_SNAPSTART_STORAGE_RULE: Rule = {
  id: 'lambda-snapstart-storage',
  title: 'SnapStart with a file system or a large /tmp',
  why: 'The deployment fails: a snapshot holds neither EFS nor S3 Files, nor more than the smallest /tmp.',
  severity: 'error',
  fix: 'read large files from S3 into memory while the snapshot is made, or drop SnapStart and use provisioned concurrency',
  source: LAMBDA_SNAPSTART_STORAGE.source,
  *check(graph) {
    for (const resource of graph.ofType(FUNCTION)) {
      if (!hasSnapStart(resource)) continue;
      const { max } = LAMBDA_SNAPSTART_STORAGE;
      const size = resource.number('EphemeralStorage', 'Size');
      if (resource.list('FileSystemConfigs').length > 0) yield { resource, message: 'SnapStart cannot be combined with a file system' };
      if (size !== undefined && size > max!) yield { resource, message: `/tmp must be at most ${max} MB with SnapStart, got ${size} MB` };
    }
  },
};

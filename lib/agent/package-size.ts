import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { IgnoreStrategy } from 'aws-cdk-lib/core';
import { LAMBDA_ZIP_UNZIPPED } from '../quotas/lambda-quotas';
import type { Findings } from '../validation/check-quota';

const MEGABYTE = 1_048_576;
/** Share of the quota from which a package is worth a warning: the next dependency may be the one too many. */
const WARN_SHARE = 0.8;
const NAMED_PACKAGES = 5;

export interface PackageSize {
  readonly bytes: number;
  /** Bytes by package: `node_modules/x`, or the top-level entry where there is no node_modules. */
  readonly packages: ReadonlyMap<string, number>;
}

/** Sums files by the package to which they belong. */
export function sumByPackage(files: Iterable<readonly [path: string, bytes: number]>): PackageSize {
  const packages = new Map<string, number>();
  let bytes = 0;
  for (const [path, size] of files) {
    const name = packageOf(path);
    packages.set(name, (packages.get(name) ?? 0) + size);
    bytes += size;
  }
  return { bytes, packages };
}

/** Size of a directory as Lambda unpacks it; what `ignore` leaves out of the asset is left out here. */
export function measureDirectory(directory: string, ignore: IgnoreStrategy): PackageSize {
  return sumByPackage(filesBelow(directory, '', ignore));
}

/** Holds a package against the unzipped quota and names what is large in it. */
export function checkPackageSize(findings: Findings, size: PackageSize): void {
  const max = (LAMBDA_ZIP_UNZIPPED.max ?? 0) * MEGABYTE;
  if (size.bytes <= max * WARN_SHARE) return;
  const largest = [...size.packages].sort(([, a], [, b]) => b - a).slice(0, NAMED_PACKAGES);
  const named = largest.map(([name, bytes]) => `${name} ${megabytes(bytes)} MB`).join(', ');
  const got = `got ${megabytes(size.bytes)} MB (largest: ${named})`;
  if (size.bytes > max) {
    const ways = 'remove what is large or use ContainerInferenceFunction, whose image may be 10 GB';
    findings.problems.push(`code must be at most ${LAMBDA_ZIP_UNZIPPED.max} MB unzipped, ${got}; ${ways}`);
  } else {
    findings.warnings.push({
      id: `serverless-ai:${LAMBDA_ZIP_UNZIPPED.id}`,
      message: `code is near the ${LAMBDA_ZIP_UNZIPPED.max} MB that Lambda unpacks, ${got}; ContainerInferenceFunction has room for 10 GB`,
    });
  }
}

function* filesBelow(root: string, relative: string, ignore: IgnoreStrategy): Generator<readonly [string, number]> {
  for (const entry of readdirSync(join(root, relative))) {
    const path = relative === '' ? entry : `${relative}/${entry}`;
    const full = join(root, path);
    // A link is packed as a link: following it would count its target twice, or never end.
    const stats = lstatSync(full);
    if (stats.isDirectory()) {
      if (!ignore.completelyIgnores(full)) yield* filesBelow(root, path, ignore);
    } else if (!ignore.ignores(full)) {
      yield [path, stats.size];
    }
  }
}

/** The innermost package: nested copies count on their own account. */
function packageOf(path: string): string {
  const match = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path);
  return match ? `node_modules/${match[1]}` : (path.split('/')[0] ?? path);
}

function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(1);
}

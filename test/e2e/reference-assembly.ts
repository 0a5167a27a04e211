import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { ReferenceStack } from '../../lib/reference/reference-stack';

const ROOT = join(__dirname, '..', '..');

export interface ReferenceAssembly {
  readonly directory: string;
  remove(): void;
}

/** The reference stack, synthesized with the context of cdk.json to a folder of its own. */
export function referenceAssembly(): ReferenceAssembly {
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> };
  const root = mkdtempSync(join(tmpdir(), 'reference-'));
  const app = new App({ outdir: join(root, 'out'), context });
  new ReferenceStack(app, 'ServerlessAi');
  return { directory: app.synth().directory, remove: () => rmSync(root, { recursive: true, force: true }) };
}

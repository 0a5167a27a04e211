import { Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';

/** A logical id of `fn.currentVersion` ends in a digest of code and configuration, so every code change renames the resource. */
const VERSION_ID = /^(.*CurrentVersion[0-9A-F]{8})[0-9a-f]{32}$/;
/** File and image assets are named by the sha256 of their content. */
const ASSET_HASH = /[0-9a-f]{64}/g;

/** What CDK adds for its own use and what changes with its version. */
const CDK_OWN = { Parameters: ['BootstrapVersion'], Rules: ['CheckBootstrapVersion'], Conditions: ['CDKMetadataAvailable'] } as const;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

function stable(text: string): string {
  const version = VERSION_ID.exec(text);
  return version ? `${version[1]}<version>` : text.replace(ASSET_HASH, '<asset>');
}

function normalise(value: Json): Json {
  if (typeof value === 'string') return stable(value);
  if (Array.isArray(value)) return value.map(normalise);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith('aws:asset:'))
      .map(([key, inner]) => [stable(key), normalise(inner)]),
  );
}

/**
 * The template of a stack in the form that a snapshot test should keep: asset hashes, ids of Lambda versions with the references
 * to them, and CDK's own metadata are normalised. A comment in a handler or a newer dependency of it changes nothing; a changed
 * timeout, permission or resource does.
 *
 * ```ts
 * expect(snapshotOf(stack)).toMatchSnapshot();
 * ```
 */
export function snapshotOf(stack: Stack): Record<string, unknown> {
  const template = normalise(Template.fromStack(stack).toJSON() as Json) as Record<string, Record<string, Json>>;
  for (const [section, names] of Object.entries(CDK_OWN)) {
    const entries = template[section];
    if (entries === undefined) continue;
    for (const name of names) delete entries[name];
    if (Object.keys(entries).length === 0) delete template[section];
  }
  for (const [id, resource] of Object.entries(template['Resources'] ?? {})) {
    const { Type, Metadata } = resource as { Type: string; Metadata?: Record<string, Json> };
    if (Type === 'AWS::CDK::Metadata') delete template['Resources']?.[id];
    else if (Metadata !== undefined && Object.keys(Metadata).length === 0) delete (resource as Record<string, Json>)['Metadata'];
  }
  return template;
}

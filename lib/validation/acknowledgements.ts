import type { Acknowledgement } from '../template/acknowledgement';
import type { TemplateSource } from '../template/template-source';
import type { Judgement } from './apply-rules';
import { SYNTH_WARNINGS } from './synth-warnings';

/** Name of the plugin, and what its rules are acknowledged under. */
export const PLUGIN_NAME = 'ServerlessAiChecks';

const CDK_PLUGIN = 'CloudFormation-Validate';

/** Acknowledgements by what they accept, and where. */
export class Acknowledgements {
  private readonly byId = new Map<string, Map<string, Acknowledgement>>();

  constructor(stated: Iterable<Acknowledgement>) {
    for (const acknowledgement of stated) {
      const id = unified(acknowledgement.id);
      const places = this.byId.get(id) ?? new Map<string, Acknowledgement>();
      this.byId.set(id, places.set(acknowledgement.at, acknowledgement));
    }
  }

  /** The nearest acknowledgement of a finding: on its resource, or on something above it. */
  of(judgement: Judgement): Acknowledgement | undefined {
    const { path, resource } = judgement.finding;
    for (const id of idsOf(judgement)) {
      const places = this.byId.get(id);
      if (places === undefined) continue;
      for (const place of [...upwards(path ?? ''), ...upwards(resource)]) {
        const found = places.get(place);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }
}

/** What a finding can be acknowledged as: by our rule, by the check of CDK that reports the same, by the warning of a construct that says the same. */
function idsOf({ finding, reportedByCdk }: Judgement): string[] {
  const ids = [`${PLUGIN_NAME}::${finding.rule}`, ...(SYNTH_WARNINGS[finding.rule] ?? []).map((id) => `annotation::${id}`)];
  return reportedByCdk === undefined ? ids : [...ids, `${CDK_PLUGIN}::${reportedByCdk}`];
}

/** CDK wrote the prefix of annotations in small letters once. */
function unified(id: string): string {
  return id.replace(/^annotation::/i, 'annotation::');
}

/** A path and what lies above it: `A/B`, `A`, and the empty path of everything. */
function* upwards(path: string): Generator<string> {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) yield path.slice(0, end);
  yield '';
}

/** What the assembly keeps of `Validations.of(construct).acknowledge()`. */
export function acknowledgedInAssembly(sources: readonly TemplateSource[]): Acknowledgement[] {
  return sources.flatMap(({ parent, acknowledged = [] }) => (parent === undefined ? acknowledged : []));
}

/** What resources acknowledge in their own Metadata: `"serverless-ai": {"acknowledge": [{"rule": "lambda-memory", "reason": "..."}]}`. */
export function acknowledgedInMetadata(sources: readonly TemplateSource[]): Acknowledgement[] {
  return sources.flatMap(({ name, template }) =>
    Object.entries(template.Resources ?? {}).flatMap(([logicalId, { Metadata }]) =>
      statedIn(Metadata?.['serverless-ai']).map((stated) => ({ ...stated, at: `${name}/${logicalId}` })),
    ),
  );
}

function statedIn(metadata: unknown): Omit<Acknowledgement, 'at'>[] {
  const list = (metadata as { acknowledge?: unknown } | undefined)?.acknowledge;
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: { rule?: unknown; reason?: unknown } | null) => {
    const { rule, reason } = entry ?? {};
    // Without a reason nothing is acknowledged.
    const stated = typeof rule === 'string' && typeof reason === 'string' && reason.trim() !== '';
    return stated ? [{ id: `${PLUGIN_NAME}::${rule}`, reason }] : [];
  });
}

import type { When } from '../../../lib/local/faults/fault-point';
import type { SweptEntry } from '../../../lib/local/faults/normalise';
import type { LocalRunner } from '../../../lib/local/local-runner';
import type { LocalRun } from '../../../lib/local/local-workflow';
import { SweptReference } from './swept-reference';

/** As a person does: one more click when the page fails, and the newest mail when a link is superseded. */
async function approve(run: LocalRun): Promise<void> {
  let request = await run.waitForApproval();
  for (let clicks = 1; ; clicks += 1) {
    try {
      await request.approve();
      return;
    } catch (error) {
      if (clicks === 5) throw error;
      if (/answered 410/.test(String(error))) request = await run.waitForApproval();
    }
  }
}

async function research(local: LocalRunner): Promise<unknown> {
  const documents = local.bucket('Documents');
  await documents.put('library/kell.md', '# Kell\n\nThe lighthouse of Kell was built in 1871.');
  await documents.put('library/orm.md', '# Orm\n\nThe harbour of Orm freezes every winter.');
  const run = await local.workflow('Research').start({ question: 'When was the lighthouse of Kell built?' }, { name: 'swept' });
  await approve(run);
  return run.result();
}

/** Links of a request that was asked again stay stored, so that they can say that a newer one was sent. They say nothing else. */
function withoutLinks(entry: SweptEntry): SweptEntry | undefined {
  const { sk } = entry.value as { sk?: unknown };
  return entry.kind === 'item' && String(sk).startsWith('link#') ? undefined : entry;
}

/** The sweep over the research workflow, of the kills on one side of the calls: together they take longer than a test should. */
export function describeResearchSweep(when: When): void {
  let reference: SweptReference;

  beforeAll(async () => {
    reference = await SweptReference.start();
  });

  afterAll(() => reference?.stop());

  test(`wherever the research is killed ${when} a call, one report is approved once and delivered once`, async () => {
    const { results, undisturbed } = await reference.sweep(research, { normalise: withoutLinks, only: (point) => point.when === when });
    expect(results.length).toBeGreaterThanOrEqual(20);
    expect(undisturbed.find(({ kind }) => kind === 'outcome')).toMatchObject({ value: { status: 'SUCCEEDED' } });
    expect(undisturbed.filter(({ kind }) => kind === 'object')).toHaveLength(3);
    expect(undisturbed.filter(({ kind }) => kind === 'run')).toHaveLength(1);
  });
}

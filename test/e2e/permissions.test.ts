import type { Denial, RoleStatement } from '../../lib/local/iam/permissions';
import { matchesAction } from '../../lib/local/iam/wildcard';
import { LocalRunner } from '../../lib/local/local-runner';
import { type Scenario, scenarios } from './permission-scenarios';
import { type ReferenceAssembly, referenceAssembly } from './reference-assembly';

// Minutes on a machine that does much else.
jest.setTimeout(900_000);

const PATIENCE_MS = 30_000;
/** A statement that the cheapest scenario could do without by chance may still be what another one needs. */
const MOST_TRIED = 3;

let reference: ReferenceAssembly;
let local: LocalRunner;
const notices: string[] = [];
/** What each scenario used, and how long it took. */
const used = new Map<Scenario, { readonly statements: ReadonlySet<string>; readonly ms: number }>();

beforeAll(async () => {
  reference = referenceAssembly();
  local = await LocalRunner.fromAssembly(reference.directory, { time: 'manual', onNotice: (notice) => notices.push(notice) });
  for (const scenario of scenarios(local)) {
    const before = new Map(local.permissions.statements().map(({ id, uses }) => [id, uses]));
    const begun = performance.now();
    await scenario.run(local, AbortSignal.timeout(PATIENCE_MS)).catch((error: Error) => {
      throw new Error(`${scenario.name}: ${error.message}`);
    });
    stopRuns();
    const statements = local.permissions.statements().filter(({ id, uses }) => uses > (before.get(id) ?? 0));
    used.set(scenario, { statements: new Set(statements.map(({ id }) => id)), ms: performance.now() - begun });
  }
});

afterAll(async () => {
  await local?.stop();
  reference?.remove();
});

function actionsOf({ statement }: RoleStatement): string[] {
  return [statement['Action']].flat() as string[];
}

/** Whether the denial is of the statement's own role and of an action that it allows. */
function isFor(statement: RoleStatement, { caller, action, resource }: Denial): boolean {
  const { roleArn, kind } = statement;
  const ofRole = kind === 'trust' ? resource === roleArn : caller.includes(`:assumed-role/${roleArn.slice(roleArn.lastIndexOf('/') + 1)}/`);
  return ofRole && actionsOf(statement).some((pattern) => matchesAction(pattern, action));
}

/** What a scenario leaves running must not use permissions in the name of the next. */
function stopRuns(): void {
  for (const workflow of ['Research', 'Pipeline']) {
    for (const run of local.workflow(workflow).runs()) if (run.status === 'RUNNING') run.stop();
  }
}

/** Runs the scenario until it is denied something; what is still under way then is given up. */
async function firstDenial(scenario: Scenario, statement: RoleStatement): Promise<Denial | undefined> {
  const known = local.permissions.denials.length;
  const given = new AbortController();
  const denial = () => local.permissions.denials.slice(known).find((denied) => isFor(statement, denied));
  const deadline = performance.now() + PATIENCE_MS;
  let over = false;
  const end = () => {
    over = true;
  };
  void scenario.run(local, given.signal).then(end, end);
  while (denial() === undefined && !over && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
  given.abort();
  stopRuns();
  return denial();
}

test('the whole set lets everything through', () => {
  expect(local.permissions.denials.map(({ message }) => message)).toEqual([]);
  expect(notices.filter((notice) => /denied|deployment would fail/.test(notice))).toEqual([]);
});

test('every statement of every role is needed by a scenario', () => {
  expect(
    local.permissions
      .statements()
      .filter(({ uses }) => uses === 0)
      .map(({ id, statement }) => `${id}: ${JSON.stringify(statement)}`),
  ).toEqual([]);
});

test('without any one of them a scenario is denied by action and resource, with the statement that would fix it', async () => {
  const kept: string[] = [];
  for (const statement of local.permissions.statements()) {
    const users = [...used].filter(([, { statements }]) => statements.has(statement.id)).sort(([, a], [, b]) => a.ms - b.ms);
    const restore = local.permissions.withdraw(statement.id);
    let denied: Denial | undefined;
    for (const [scenario] of users.slice(0, MOST_TRIED)) denied ??= await firstDenial(scenario, statement);
    restore();
    if (denied === undefined) kept.push(`${statement.id} is not needed: ${users.map(([{ name }]) => name).join(', ')}`);
    else if (!denied.message.includes('is not authorized to perform: ') || !denied.fix.includes(`"Action":"${denied.action}"`))
      kept.push(denied.message);
  }
  expect(kept).toEqual([]);
});

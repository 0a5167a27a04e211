import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { buckets } from '../../lib/local/assembly/messaging';
import { ChangeFeed } from '../../lib/local/console/change-feed';
import { ConsoleServer } from '../../lib/local/console/console-server';
import { Deployment } from '../../lib/local/deployment';
import { type ReferenceAssembly, referenceAssembly } from './reference-assembly';

/** Debian's chromium, or one that goes by another usual name. */
function chromiumOnPath(): string | undefined {
  const directories = (process.env['PATH'] ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return names.flatMap((name) => directories.map((directory) => join(directory, name))).find((file) => existsSync(file));
}

const executablePath = chromiumOnPath();
const QUESTION = 'How long may a Lambda function run?';
/** Everything here waits for what the page shows; a loaded machine takes its time. */
const LONG_MS = 180_000;

jest.setTimeout(400_000);

let reference: ReferenceAssembly;
let deployment: Deployment;
let console_: ConsoleServer;
let browser: Browser;
let page: Page;
const problems: string[] = [];

async function open(): Promise<void> {
  reference = referenceAssembly();
  const feed = new ChangeFeed();
  deployment = await Deployment.start(reference.directory, { onEvent: () => feed.changed() });
  deployment.lambda.onInvocation(() => feed.changed());
  console_ = await ConsoleServer.start({ deployment, feed, notices: [] });
  browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(LONG_MS);
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => (message.type() === 'error' ? problems.push(message.text()) : undefined));
  await page.goto(console_.url);
}

async function close(): Promise<void> {
  await browser?.close();
  await console_?.close();
  await deployment?.stop();
  reference?.remove();
}

/** Starts the research by the form, as somebody would. */
async function start(name: string): Promise<void> {
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByLabel('Workflow').selectOption({ label: 'ServerlessAi/Research' });
  await page
    .getByLabel('Input')
    .first()
    .fill(JSON.stringify({ question: QUESTION }));
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('heading', { name, exact: true }).waitFor();
}

const step = (name: string, status: string) => page.locator(`[data-step="${name}"][data-status="${status}"]`).first().waitFor();
const drawn = (name: string, status: string) =>
  page.locator(`#drawing g.node[data-label="${name}"][data-status="${status}"]`).waitFor({ state: 'attached' });
const ends = (status: string) => page.locator(`#run-status [data-status="${status}"]`).waitFor();

async function approve(): Promise<void> {
  await page.getByRole('button', { name: 'Approve' }).click();
}

if (executablePath === undefined) {
  // A missing browser must not pass for a page that works where everything is there to test it.
  test('the page works in a real browser: not tried here, since no chromium is on PATH', () => {
    expect(process.env['CI'] ?? '').not.toBe('true');
  });
} else {
  describe('the page of the local run', () => {
    beforeAll(open);
    afterAll(close);
    afterEach(() => expect(problems.splice(0)).toEqual([]));

    test('a run is started, its steps turn, it is approved and succeeds', async () => {
      // Long enough that the step can be seen at work.
      deployment.faults.inject('before:step.Plan sources=delay(1500)');
      await start('first');
      await drawn('Plan sources', 'running');
      await step('Plan sources', 'running');
      await drawn('Deliver', 'none');
      await step('Plan sources', 'succeeded');
      await drawn('Approve', 'waiting');
      await page.getByText('waits for an answer').first().waitFor();
      // Only an answer moves it.
      expect(deployment.executions.list(deployment.executions.machineOf('Research').arn)[0]?.execution.status).toBe('RUNNING');
      await approve();
      await ends('SUCCEEDED');
      await drawn('Deliver', 'succeeded');

      const search = page.locator('[data-step="Plan sources"]');
      await search.locator('summary').click();
      await search.getByText('cold start').waitFor();
      expect(await search.locator('pre[aria-label="Input"]').textContent()).toContain(QUESTION);
      expect(await search.locator('pre[aria-label="Output"]').textContent()).toContain('sources');
      expect(await search.locator('pre[aria-label="Logs"]').textContent()).toContain('platform.start');
    });

    test('an environment is killed during a run, which goes on in another', async () => {
      const [documents] = deployment.all(buckets).filter(({ logicalId }) => logicalId.startsWith('Documents'));
      await deployment.bucket(documents!.name).put('library/limits.md', 'A Lambda function may run for at most 900 seconds.');
      // The first attempt would take a minute, unless somebody kills it.
      deployment.faults.inject({ at: 'before:lambda.Invoke', function: 'Analyse', kind: 'delay', delayMs: 60_000 });
      await start('second');
      const analyse = page.locator('[data-step="Analyse"]');
      await analyse.waitFor();
      await analyse.locator('summary').click();
      // An environment that dies while it starts is started anew for the same attempt: this one is to die at work.
      await analyse.locator('pre[aria-label="Logs"]').getByText('platform.start"').waitFor();
      await analyse.getByRole('button', { name: 'Kill the environment' }).click();
      await analyse.locator('.failure').getByText('Runtime.ExitError').waitFor();
      await approve();
      await ends('SUCCEEDED');
      expect(await analyse.locator('.attempt').count()).toBe(2);
    });

    test('a run that failed is redriven from the step that failed', async () => {
      deployment.faults.inject('before:step.Deliver=error(Shop.Closed: back at nine)');
      await start('third');
      await approve();
      await ends('FAILED');
      await drawn('Deliver', 'failed');
      await page.getByText('Shop.Closed').first().waitFor();
      await page.getByRole('button', { name: 'Redrive' }).click();
      await ends('SUCCEEDED');
      await page.getByText('redriven 1 ×').waitFor();
      await drawn('Deliver', 'succeeded');
    });

    test('a run is stopped, an input that is no JSON is refused in words', async () => {
      await start('fourth');
      await page.getByRole('button', { name: 'Stop run' }).click();
      await ends('ABORTED');
      await page.getByLabel('Input').first().fill('{');
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await page.getByRole('alert').getByText('the input is not JSON').waitFor();
    });

    test('the other parts show functions with their environments, queues, addresses and memory', async () => {
      await page.getByRole('tab', { name: 'Runs' }).press('ArrowRight');
      await page
        .getByRole('table', { name: 'Functions' })
        .getByRole('button', { name: 'Kill an environment of ServerlessAi/Search' })
        .first()
        .waitFor();
      await page.keyboard.press('ArrowRight');
      await page.getByText('Valkey · cache 1').waitFor();
      await page.keyboard.press('ArrowRight');
      await page
        .getByRole('table', { name: 'Queues' })
        .getByText(/Workers/)
        .first()
        .waitFor();
      await page.keyboard.press('End');
      await page.getByRole('table', { name: 'Addresses' }).getByText('ChatEndpoint').waitFor();
    });

    test.each([1280, 400])('nothing is wider than a window of %d px', async (width) => {
      await page.setViewportSize({ width, height: 900 });
      for (const tab of ['Runs', 'Functions', 'Memory', 'Queues', 'Addresses']) {
        await page.getByRole('tab', { name: tab }).click();
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
    });

    test('a page without the token sees nothing', async () => {
      const other = await browser.newPage();
      await other.goto(console_.origin);
      await other.getByRole('alert').getByText('open the address that the command printed').waitFor();
      await other.close();
    });
  });
}

import { LocalRunner } from '../../../lib/local/local-runner';

/** One local run in a process of its own, as a jest worker has it: what it stored under names that all of them use. */
async function main(directory: string, mine: string): Promise<void> {
  const local = await LocalRunner.fromAssembly(directory);
  try {
    await local.bucket('Bucket').put('key', mine);
    await local.queue('Queue').send(mine);
    const run = await local.workflow('Machine').start({ mine }, { name: 'same' });
    const { output } = await run.result();
    const [message] = await local.queue('Queue').receive();
    const left = (await local.stored()).length;
    process.stdout.write(JSON.stringify([await local.bucket('Bucket').get('key'), message?.Body, output, left]));
  } finally {
    await local.stop();
  }
}

main(process.argv[2] ?? '', process.argv[3] ?? '');

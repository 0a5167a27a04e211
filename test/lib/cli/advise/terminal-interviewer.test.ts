import { PassThrough } from 'node:stream';
import { TerminalInterviewer } from '../../../../lib/cli/advise/terminal-interviewer';
import { until } from '../../local/lambda/local-functions';

/** A terminal of streams: what is shown, and keys that come when a text is there. */
function terminal() {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let shown = '';
  output.on('data', (chunk: Buffer) => {
    shown += chunk.toString('utf8');
  });
  const typing = async (after: string, keys: string) => {
    await until(() => shown.includes(after));
    input.write(keys);
  };
  return { interviewer: new TerminalInterviewer(input, output), typing, shown: () => shown };
}

const check = (answer: string) => (answer === 'bad' ? 'memory must be a size' : undefined);

test('a free answer is typed', async () => {
  const { interviewer, typing } = terminal();
  const answer = interviewer.ask({ fact: 'memory', message: 'How much?', example: '1 GB' }, check);
  await typing('as in "1 GB"', '2 GB\r');
  await expect(answer).resolves.toBe('2 GB');
});

test('Enter alone is not known', async () => {
  const { interviewer, typing } = terminal();
  const answer = interviewer.ask({ fact: 'memory', message: 'How much?' }, check);
  await typing('How much?', '\r');
  await expect(answer).resolves.toBeUndefined();
});

test('a wrong answer is told of and asked for again', async () => {
  const { interviewer, typing } = terminal();
  const answer = interviewer.ask({ fact: 'memory', message: 'How much?' }, check);
  await typing('How much?', 'bad\r');
  await typing('memory must be a size', '\x7f\x7f\x7f3 GB\r');
  await expect(answer).resolves.toBe('3 GB');
});

test('a choice is picked, the last one is not known', async () => {
  const { interviewer, typing } = terminal();
  const answer = interviewer.ask({ fact: 'gpu', message: 'A GPU?', choices: ['false', 'true'] }, check);
  await typing('A GPU?', '\x1b[B\r');
  await expect(answer).resolves.toBe('true');
  const other = terminal();
  const unknown = other.interviewer.ask({ fact: 'gpu', message: 'A GPU?', choices: ['false', 'true'] }, check);
  await other.typing('A GPU?', '\x1b[A\r');
  await expect(unknown).resolves.toBeUndefined();
});

test('Ctrl-C ends the interview', async () => {
  const { interviewer, typing } = terminal();
  const answer = interviewer.ask({ fact: 'memory', message: 'How much?' }, check);
  const ended = expect(answer).rejects.toThrow('the interview was ended');
  await typing('How much?', '\x03');
  await ended;
});

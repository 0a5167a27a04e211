import type { Readable, Writable } from 'node:stream';
import { loadBundled } from '../../handlers/load-bundled';
import { CommandError } from '../command-error';
import type { Interviewer } from './interview';
import type { Question } from './questions';

interface PromptOptions {
  readonly message: string;
  readonly input?: Readable;
  readonly output?: Writable;
}

/** As much of @clack/prompts as is used here; it is an ES module alone. */
interface Prompts {
  text(
    options: PromptOptions & { placeholder?: string; validate?: (value: string | undefined) => string | undefined },
  ): Promise<string | symbol>;
  select(options: PromptOptions & { options: readonly { value: string; label: string }[] }): Promise<string | symbol>;
  isCancel(value: unknown): value is symbol;
}

const NOT_KNOWN = '';

/** Puts the questions in a terminal. Ctrl-C ends the interview. */
export class TerminalInterviewer implements Interviewer {
  private readonly prompts = loadBundled<Prompts>('clack-prompts');

  constructor(
    private readonly input: Readable,
    private readonly output: Writable,
  ) {}

  async ask({ message, example, choices }: Question, check: (answer: string) => string | undefined): Promise<string | undefined> {
    const { input, output } = this;
    const answer =
      choices === undefined
        ? await this.prompts.text({
            message: example === undefined ? message : `${message} (as in "${example}"; Enter where it is not known)`,
            input,
            output,
            validate: (value) => (value === undefined || value.trim() === '' ? undefined : check(value)),
          })
        : await this.prompts.select({
            message,
            input,
            output,
            options: [...choices.map((value) => ({ value, label: labelOf(value) })), { value: NOT_KNOWN, label: 'not known' }],
          });
    if (this.prompts.isCancel(answer)) throw new CommandError('Cancelled', 'the interview was ended', 'give the profile as a file');
    return answer === NOT_KNOWN ? undefined : String(answer);
  }
}

function labelOf(value: string): string {
  if (value === 'true') return 'yes';
  return value === 'false' ? 'no' : value;
}

/** One instruction of a Dockerfile, continuation lines joined. */
export interface Instruction {
  readonly keyword: string;
  readonly value: string;
  readonly line: number;
}

export interface Stage {
  /** Image or earlier stage that it starts from. */
  readonly base: string;
  readonly name?: string;
  readonly platform?: string;
  readonly instructions: readonly Instruction[];
}

/** Reads a Dockerfile as far as checks need it: stages and their instructions. Heredocs and syntax errors are Docker's to report. */
export function parseDockerfile(text: string): Stage[] {
  const stages: { base: string; name?: string; platform?: string; instructions: Instruction[] }[] = [];
  for (const instruction of instructionsOf(text)) {
    if (instruction.keyword === 'FROM') stages.push({ ...parseFrom(instruction.value), instructions: [] });
    else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

/** The stage that is built, followed by the stages it starts from, nearest first. */
export function stageChain(stages: readonly Stage[], target?: string): Stage[] {
  const chain: Stage[] = [];
  let stage = target === undefined ? stages.at(-1) : stages.find(({ name }) => name === target.toLowerCase());
  while (stage !== undefined && !chain.includes(stage)) {
    chain.push(stage);
    const base = stage.base.toLowerCase();
    stage = stages.find(({ name }) => name === base);
  }
  return chain;
}

/** Sources of a COPY or ADD that come from the build context and are plain paths; wildcards and variables are left out. */
export function contextSources({ keyword, value }: Instruction): string[] {
  if (keyword !== 'COPY' && keyword !== 'ADD') return [];
  if (/(^|\s)--from=/.test(value) || value.includes('<<')) return [];
  const rest = value.replace(/(^|\s)--\S+/g, ' ').trim();
  const paths = rest.startsWith('[') ? parseList(rest) : rest.split(/\s+/);
  return paths.slice(0, -1).filter((path) => !/[*?[\]$]|^https?:|^git@/.test(path));
}

function instructionsOf(text: string): Instruction[] {
  const found: Instruction[] = [];
  let open: { text: string; line: number } | undefined;
  text.split(/\r?\n/).forEach((raw, index) => {
    const trimmed = raw.trim();
    // Comments and empty lines do not end a continuation.
    if (trimmed === '' || trimmed.startsWith('#')) return;
    const continues = trimmed.endsWith('\\');
    const part = continues ? trimmed.slice(0, -1) : trimmed;
    open = open === undefined ? { text: part, line: index + 1 } : { ...open, text: `${open.text} ${part}` };
    if (continues) return;
    const [, keyword = '', value = ''] = /^(\S+)\s*(.*)$/s.exec(open.text.trim()) ?? [];
    found.push({ keyword: keyword.toUpperCase(), value: value.trim(), line: open.line });
    open = undefined;
  });
  return found;
}

function parseFrom(value: string): { base: string; name?: string; platform?: string } {
  const words = value.split(/\s+/);
  const platform = words.find((word) => word.startsWith('--platform='))?.slice('--platform='.length);
  const [base = '', as, name] = words.filter((word) => !word.startsWith('--'));
  return { base, platform, name: as?.toUpperCase() === 'AS' ? name?.toLowerCase() : undefined };
}

function parseList(text: string): string[] {
  try {
    return JSON.parse(text) as string[];
  } catch {
    return [];
  }
}

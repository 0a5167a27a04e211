interface Pattern {
  readonly matcher: RegExp;
  /** `!`: takes back what an earlier pattern left out. */
  readonly keeps: boolean;
}

/** What a `.dockerignore` leaves out of the build context, as Docker reads it: the last pattern that matches a path, or a directory above it, decides. */
export class Dockerignore {
  private readonly patterns: readonly Pattern[];
  /** Whether something below an ignored directory may be kept. */
  readonly takesBack: boolean;

  constructor(text: string) {
    this.patterns = text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .filter((line) => !line.startsWith('#'))
      .map((line) => line.trim())
      .flatMap((line) => patternOf(line) ?? []);
    this.takesBack = this.patterns.some(({ keeps }) => keeps);
  }

  /** @param path relative to the context, with slashes */
  ignores(path: string): boolean {
    const places = upwards(path);
    let ignored = false;
    for (const { matcher, keeps } of this.patterns) if (keeps === ignored && places.some((place) => matcher.test(place))) ignored = !keeps;
    return ignored;
  }
}

function patternOf(line: string): Pattern | undefined {
  const keeps = line.startsWith('!');
  const path = cleaned(keeps ? line.slice(1).trim() : line);
  return path === '' ? undefined : { matcher: new RegExp(`^${globSource(path)}$`), keeps };
}

/** Leading and trailing slashes and single dots are nothing; `a/../b` is `b`. */
function cleaned(pattern: string): string {
  const parts: string[] = [];
  for (const part of pattern.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** The regular expression of a path pattern: `*` and `?` stay within a directory, `**` does not. */
export function globSource(pattern: string): string {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at]!;
    if (char === '*' && pattern[at + 1] === '*') {
      at += 1;
      if (pattern[at + 1] === '/') {
        at += 1;
        source += '(?:.*/)?';
      } else source += '.*';
    } else if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '[' && pattern.indexOf(']', at + 2) > 0) {
      const end = pattern.indexOf(']', at + 2);
      source += pattern.slice(at, end + 1).replaceAll('\\', '\\\\');
      at = end;
    } else if (char === '\\' && at + 1 < pattern.length) {
      at += 1;
      source += literal(pattern[at]!);
    } else source += literal(char);
  }
  return source;
}

function literal(char: string): string {
  return char.replace(/[.*+?^${}()|[\]\\/-]/, '\\$&');
}

/** `a/b/c`, `a/b`, `a`. */
function upwards(path: string): string[] {
  const places: string[] = [];
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) places.push(path.slice(0, end));
  return places;
}

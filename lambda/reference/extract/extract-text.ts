import { ErrorName } from '../../contract/errors';
import { NamedError } from '../../shared/named-error';

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

function fromHtml(html: string): string {
  return html
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<(br|\/p|\/div|\/li|\/h[1-6]|\/tr)\b[^>]*>/gi, '\n\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => ENTITIES[name] ?? '');
}

const READERS: Readonly<Record<string, (text: string) => string>> = {
  md: (text) => text,
  txt: (text) => text,
  csv: (text) => text.replace(/\n(?=\S)/g, '\n\n'),
  json: (text) => JSON.stringify(JSON.parse(text), null, 2),
  html: fromHtml,
  htm: fromHtml,
};

/** Plain text of an uploaded document; a format that cannot be read is refused by name and never retried. */
export function extractText(key: string, content: string): string {
  const extension = /\.([a-z0-9]+)$/i.exec(key)?.[1]?.toLowerCase() ?? '';
  const reader = READERS[extension];
  if (reader === undefined) {
    throw new NamedError(
      ErrorName.InvalidInput,
      `cannot read ${key}: the format must be one of ${Object.keys(READERS).join(', ')}, got ${extension || 'none'}`,
    );
  }
  try {
    return reader(content.replace(/^\uFEFF/, ''))
      .replace(/\n{3,}/g, '\n\n')
      .trim();
  } catch (cause) {
    throw new NamedError(ErrorName.InvalidInput, `cannot read ${key}: it is not valid ${extension}`, { cause });
  }
}

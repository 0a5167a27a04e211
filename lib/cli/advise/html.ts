const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escaped(text: string | number): string {
  return String(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** A template whose values are escaped. */
export function html(texts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return String.raw({ raw: texts }, ...values.map(escaped));
}

/** A part of the page; nothing where it would be empty. */
export function section(title: string, body: string): string {
  return body === '' ? '' : `<section>\n<h2>${escaped(title)}</h2>\n${body}\n</section>`;
}

/** A list of HTML. */
export function list(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>\n${items.map((item) => `<li>${item}</li>`).join('\n')}\n</ul>`;
}

/** A table of HTML cells; the columns of `numbers` stand to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], numbers: readonly number[] = []): string {
  if (rows.length === 0) return '';
  const cell = (tag: 'th' | 'td') => (content: string, column: number) =>
    `<${tag}${numbers.includes(column) ? ' class="number"' : ''}>${tag === 'th' ? escaped(content) : content}</${tag}>`;
  const row = (tag: 'th' | 'td', cells: readonly string[]) => `<tr>${cells.map(cell(tag)).join('')}</tr>`;
  return `<div class="wide"><table>\n<thead>${row('th', head)}</thead>\n<tbody>\n${rows.map((cells) => row('td', cells)).join('\n')}\n</tbody>\n</table></div>`;
}

import { escaped, html, list, section, table } from '../../../../lib/cli/advise/html';

test('values of a template are escaped, its text is not', () => {
  expect(html`<b>${'<script>"&\''}</b>${1}`).toBe('<b>&lt;script&gt;&quot;&amp;&#39;</b>1');
  expect(escaped('a<b')).toBe('a&lt;b');
});

test('nothing comes of nothing', () => {
  expect([list([]), section('title', ''), table(['a'], [])]).toEqual(['', '', '']);
});

test('a table has its numbers to the right', () => {
  expect(table(['a', 'b'], [['x', '1']], [1])).toBe(
    '<div class="wide"><table>\n<thead><tr><th>a</th><th class="number">b</th></tr></thead>\n<tbody>\n<tr><td>x</td><td class="number">1</td></tr>\n</tbody>\n</table></div>',
  );
});

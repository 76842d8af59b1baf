import assert from 'node:assert/strict';
import { it } from 'node:test';
import { makePost, plainPost } from '../../src/card/post.ts';
import { scopeOf } from '../../src/card/scope.ts';
import { datasetOf } from '../../src/model/dataset.ts';

const scope = scopeOf({
  data: { stores: datasetOf([{ name: '*A* <at id=all></at> [x](https://evil.example)\n# y', sales: 7 }]) },
  due: Date.UTC(2026, 10, 27, 10),
  now: 0,
  job: { name: 'x', description: null },
  run: { id: '', trigger: 'manual' },
  last: null,
  timezone: 'Asia/Shanghai',
  lang: 'zh',
});
const by = { scope, lang: 'zh' as const, timezone: 'Asia/Shanghai', mark: null };
const template = (source: string) => ({ source, at: null });
const linesOf = (markdown: string) => makePost({ title: null, body: template(markdown) }, by)['zh_cn']?.content;
const text = (words: string, ...style: string[]) => ({
  tag: 'text',
  text: words,
  ...(style.length === 0 ? {} : { style }),
});

it('markdown becomes nodes that Feishu documents for posts', () => {
  assert.deepEqual(linesOf('**粗** *斜* ~~删 **both**~~'), [
    [
      text('粗', 'bold'),
      text(' '),
      text('斜', 'italic'),
      text(' '),
      text('删 ', 'lineThrough'),
      text('both', 'lineThrough', 'bold'),
    ],
  ]);
  assert.deepEqual(linesOf('[看板](https://bi.example.com/a?b=1) <at id=ou_a></at><at id=all></at>'), [
    [
      { tag: 'a', href: 'https://bi.example.com/a?b=1', text: '看板' },
      text(' '),
      { tag: 'at', user_id: 'ou_a' },
      { tag: 'at', user_id: 'all' },
    ],
  ]);
  assert.deepEqual(linesOf('一\n二<br>三'), [[text('一')], [text('二')], [text('三')]]);
  assert.deepEqual(linesOf('- 甲\n- 乙'), [
    [text('• '), text('甲')],
    [text('• '), text('乙')],
  ]);
  assert.deepEqual(linesOf('```\na < b\n```\n\n---'), [[{ tag: 'code_block', text: 'a < b' }], [{ tag: 'hr' }]]);
});

it('what a post cannot show is shown plainly', () => {
  assert.deepEqual(linesOf('# 标题\n| a | b |\n| - | - |\n| 1 | **2** |'), [
    [text('标题', 'bold')],
    [text('a | b', 'bold')],
    [text('1 | 2')],
  ]);
  assert.deepEqual(linesOf("<font color='red'>红</font> > x"), [[text('红'), text(' > x')]]);
  assert.deepEqual(linesOf('> 引'), [[text('│ '), text('引')]]);
});

it('data is text whatever is in it: no mention, no link, no heading', () => {
  const [line, ...more] = linesOf('**{{ stores.first.name }}**: {{ stores.first.sales }}') ?? [];
  assert.deepEqual(
    [line, ...more].flat().map((node) => node?.tag),
    ['text', 'text', 'text'],
  );
  const all = [line, ...more].map((each) => (each ?? []).map((node) => String(node['text'])).join('')).join('\n');
  assert.equal(all, '*A* <at id=all></at> [x](https://evil.example)\n# y: 7');
});

it('a title, a mark before it, and languages of their own', () => {
  const title = {
    ...template('日报'),
    translations: { zh_cn: template('日报 {{ due | date: "%m-%d" }}'), en_us: template('Report') },
  };
  const post = makePost({ title, body: template('hi') }, { ...by, mark: '【测试】' });
  assert.deepEqual(post, {
    zh_cn: { title: '【测试】日报 11-27', content: [[text('hi')]] },
    en_us: { title: '【测试】Report', content: [[text('hi')]] },
  });
  assert.equal(plainPost(post, 'en'), '【测试】Report\n\nhi');
});

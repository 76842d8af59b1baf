import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fitCard, type HowToFit } from '../../src/card/fit/fit.ts';
import { bytesOf, CUT, elementsOf, fits, forBots, isTable, WHOLE } from '../../src/card/fit/limits.ts';
import { checkCard } from '../../src/card/rules/check-card.ts';
import type { JsonObject } from '../../src/card/walk.ts';
import type { Json } from '../../src/model/dataset.ts';
import { isError } from '../../src/model/errors.ts';

const COLUMNS = [{ name: 'c1', display_name: 'Name', data_type: 'text' }];
const table = (rows: number, { width = 20, page = 10 } = {}): Json => ({
  tag: 'table',
  page_size: page,
  columns: COLUMNS,
  rows: Array.from({ length: rows }, (_, i) => ({ c1: `row ${i} ${'x'.repeat(width)}` })),
});
const markdown = (content: string): Json => ({ tag: 'markdown', content });
const chart = (points: number): Json => ({
  tag: 'chart',
  chart_spec: {
    type: 'bar',
    xField: 'x',
    yField: 'y',
    data: { values: Array.from({ length: points }, (_, i) => ({ x: `x${i}`, y: i })) },
  },
});
const fields = (count: number): Json => ({
  tag: 'column_set',
  flex_mode: 'bisect',
  columns: Array.from({ length: count }, (_, i) => ({
    tag: 'column',
    width: 'weighted',
    weight: 1,
    elements: [{ tag: 'div', text: { tag: 'plain_text', content: `field ${i}` } }],
  })),
});

const cardOf = (elements: readonly Json[]): JsonObject => ({
  schema: '2.0',
  config: { update_multi: true, summary: { content: 'Sum' } },
  header: { title: { tag: 'plain_text', content: 'Title' }, template: 'blue' },
  body: { direction: 'vertical', elements },
});

const fit = (elements: readonly Json[], more: Partial<HowToFit> = {}) => {
  const card = cardOf(elements);
  const shows = new Map(
    elements
      .filter((each) => ['table', 'chart'].includes(String((each as JsonObject)['tag'])))
      .map((each, i) => [each, { dataset: `d${i}`, at: null }]),
  );
  const how: HowToFit = {
    whole: WHOLE,
    cut: CUT,
    cards: 5,
    lang: 'en',
    shows,
    fileOf: (name) => `${name}.csv`,
    ...more,
  };
  const { cards, cuts } = fitCard(card, how);
  return { card, cards: cards as readonly JsonObject[], cuts };
};

/** The body in words: a table as its rows, a note as what it says. */
const said = (card: JsonObject): string[] =>
  elementsOf(card).map((each) => {
    const { tag, rows, content, text } = each as { tag: string; rows?: Json[]; content?: string; text?: JsonObject };
    if (rows !== undefined) return `table ${rows.length}`;
    return `${tag} ${content ?? text?.['content'] ?? ''}`.trim();
  });

const titles = (cards: readonly JsonObject[]): string[] =>
  cards.map((each) => String(((each['header'] as JsonObject)['title'] as JsonObject)['content']));

describe('a card that is too large', () => {
  it('one that fits is the very same card', () => {
    const { card, cards, cuts } = fit([markdown('hi'), table(100)]);
    assert.equal(cards[0], card);
    assert.deepEqual(cuts, []);
  });

  it('a long table keeps whole pages and says how many rows are left, and where they are', () => {
    const { cards, cuts } = fit([markdown('hi'), table(1000), markdown('bye')]);
    const [card] = cards as [JsonObject];
    assert.equal(cards.length, 1);
    const [{ shown = 0 } = {}] = cuts;
    assert.equal(shown % 10, 0);
    assert.deepEqual(said(card), [
      'markdown hi',
      `table ${shown}`,
      `div and ${1000 - shown} more; all of them are in d0.csv`,
      'markdown bye',
    ]);
    assert.ok(bytesOf(card) > 24_000 && bytesOf(card) <= 25_000);
    assert.deepEqual(
      cuts.map(({ at: _, ...cut }) => cut),
      [{ what: 'rows', dataset: 'd0', shown, of: 1000, reason: 'size', part: 1, file: 'd0.csv' }],
    );
  });

  it('a title of any length leaves room for what stands below it, and says how much of it is missing', () => {
    const long = '题'.repeat(12_000);
    const text = { tag: 'plain_text', content: long };
    const languages = { ...text, i18n_content: { zh_cn: long, en_us: 'short' } };
    const { cards, cuts } = fitCard(
      {
        ...cardOf([markdown('hi')]),
        config: { summary: { content: long } },
        header: { title: languages, subtitle: text, text_tag_list: [{ tag: 'text_tag', text, color: 'red' }] },
      },
      { whole: WHOLE, cut: CUT, cards: 5, lang: 'en', shows: new Map(), fileOf: () => null },
    );
    const [card] = cards as [JsonObject];
    assert.deepEqual([cards.length, checkCard(card).filter(isError)], [1, []]);
    assert.deepEqual(said(card), ['markdown hi']);
    assert.equal(titles([card])[0], `${'题'.repeat(120)}… (11,880 more characters)`);
    assert.match(JSON.stringify(card), /"en_us":"short"/);
    assert.deepEqual([cuts.length, cuts[0]?.what, cuts[0]?.of, cuts[0]?.part], [5, 'characters', 12_000, 1]);
  });

  it('in the language of the job, and without a file where none can be attached', () => {
    const { cards, cuts } = fit([table(1000)], { lang: 'zh', fileOf: () => null });
    assert.match(said(cards[0] as JsonObject)[1] ?? '', /^div 还有 \d+ 行$/);
    assert.equal(cuts[0]?.file, null);
  });

  it('the largest table is cut first', () => {
    const { cuts } = fit([table(2000), table(50), table(900)]);
    assert.deepEqual(
      cuts.map(({ dataset }) => dataset),
      ['d0', 'd2'],
    );
    assert.ok(Math.abs((cuts[0]?.shown ?? 0) - (cuts[1]?.shown ?? 0)) <= 10);
  });

  it('more than five tables become several cards with one head, and a heading goes with its table', () => {
    const { cards, cuts } = fit(Array.from({ length: 7 }, (_, i) => [markdown(`## ${i}`), table(3)]).flat());
    assert.deepEqual(titles(cards), ['Title', 'Title (2/2)']);
    assert.deepEqual(
      cards.map((each) => said(each).filter((words) => words.startsWith('markdown'))),
      [
        ['markdown ## 0', 'markdown ## 1', 'markdown ## 2', 'markdown ## 3', 'markdown ## 4'],
        ['markdown ## 5', 'markdown ## 6'],
      ],
    );
    assert.match(JSON.stringify(cards[1]?.['config']), /"content":"Sum \(2\/2\)"/);
    assert.deepEqual(cuts, []);
  });

  it('as one message that may not become several, the tables after the fifth are named', () => {
    const { cards, cuts } = fit(
      Array.from({ length: 7 }, () => table(3)),
      { cards: 1, fileOf: () => null },
    );
    assert.deepEqual(said(cards[0] as JsonObject).slice(5), [
      'div The table of d5 (3 rows) does not fit',
      'div The table of d6 (3 rows) does not fit',
    ]);
    assert.deepEqual(
      cuts.map(({ shown, of, reason }) => [shown, of, reason]),
      [
        [0, 3, 'tables'],
        [0, 3, 'tables'],
      ],
    );
  });

  it('a text that alone is too large ends with how many characters are missing', () => {
    const { cards, cuts } = fit([markdown('word '.repeat(20_000))]);
    const [{ shown = 0, what } = {}] = cuts;
    assert.equal(what, 'characters');
    assert.ok(shown > 24_000);
    assert.match(
      said(cards[0] as JsonObject)[0] ?? '',
      new RegExp(`… \\(${(100_000 - shown).toLocaleString('en')} more characters\\)$`),
    );
  });

  it('a text in two languages is cut in both, each in its own words, and so is the count in the title', () => {
    const long = 'word '.repeat(5_000);
    const both: Json = { tag: 'markdown', content: long, i18n_content: { zh_cn: long, en_us: long } };
    const { cards, cuts } = fit([both, table(3)]);
    const { content, i18n_content: i18n } = elementsOf(cards[0] as JsonObject)[0] as {
      content: string;
      i18n_content: Record<string, string>;
    };
    assert.match(content, /more characters\)$/);
    assert.match(i18n['zh_cn'] ?? '', /还有 [\d,]+ 个字符\)$/);
    assert.match(i18n['en_us'] ?? '', /more characters\)$/);
    assert.equal(cuts.filter(({ what }) => what === 'characters').length, 3);
    const head = { title: { tag: 'plain_text', content: 'T', i18n_content: { zh_cn: '题' } } };
    const card = { ...cardOf(Array.from({ length: 6 }, () => table(1))), header: head };
    const how = { whole: WHOLE, cut: CUT, cards: 5, lang: 'en', shows: new Map(), fileOf: () => null } as const;
    assert.match(JSON.stringify(fitCard(card, how).cards[1]), /"zh_cn":"题 \(2\/2\)"/);
  });

  it('texts that are too large together go on several cards, whole', () => {
    const { cards, cuts } = fit(Array.from({ length: 6 }, () => markdown('line\n'.repeat(2_000))));
    assert.equal(cards.length, 3);
    assert.deepEqual(cuts, []);
  });

  it('a chart of too many points shows the first ones', () => {
    const { cards, cuts } = fit([chart(5_000)]);
    const [{ shown = 0 } = {}] = cuts;
    assert.match(said(cards[0] as JsonObject)[1] ?? '', /^div The chart shows the first [\d,]+ points, [\d,]+ more/);
    const spec = (elementsOf(cards[0] as JsonObject)[0] as JsonObject)['chart_spec'] as { data: { values: Json[] } };
    assert.equal(spec.data.values.length, shown);
  });

  it('many fields become several elements that look like one', () => {
    const { cards, cuts } = fit([fields(150)]);
    assert.deepEqual(cuts, []);
    const all = cards.flatMap(elementsOf).flatMap((set) => (set as { columns: Json[] }).columns);
    assert.equal(all.length, 150);
    for (const set of cards.flatMap(elementsOf).slice(0, -1))
      assert.equal((set as { columns: Json[] }).columns.length % 2, 0);
  });

  it('a block that no card can hold is a note in its place', () => {
    const huge: Json = { tag: 'img', img_key: `img_${'x'.repeat(40_000)}`, alt: { tag: 'plain_text', content: '' } };
    const { cards, cuts } = fit([markdown('before'), huge, markdown('after')]);
    assert.deepEqual(said(cards[0] as JsonObject), [
      'markdown before',
      'div 1 more block does not fit',
      'markdown after',
    ]);
    assert.deepEqual(
      cuts.map(({ what, shown, of }) => [what, shown, of]),
      [['blocks', 0, 1]],
    );
  });

  it('more than five cards hold: the last one says how many blocks are left, and where their data are', () => {
    const image: Json = { tag: 'img', img_key: `img_${'x'.repeat(3_000)}`, alt: { tag: 'plain_text', content: '' } };
    const { cards, cuts } = fit([...Array.from({ length: 60 }, () => image), table(3)]);
    assert.equal(cards.length, 5);
    assert.match(
      said(cards[4] as JsonObject).at(-1) ?? '',
      /^div \d+ more blocks do not fit; the data are in d0\.csv$/,
    );
    assert.deepEqual(cuts.at(-1)?.dataset, 'd0');
  });

  it('a custom bot gets less', () => {
    const { cards } = fit([table(1000)], { whole: forBots(WHOLE), cut: forBots(CUT) });
    assert.ok(bytesOf(cards[0] as JsonObject) <= 20_000 - 256);
  });

  it('a hundred thousand rows are no trouble', () => {
    assert.equal(fit([table(100_000)]).cuts[0]?.of, 100_000);
  });
});

/** Any block as compile makes it, small and huge. */
const block: fc.Arbitrary<Json> = fc.oneof(
  fc
    .record({ n: fc.nat(400), w: fc.nat(200), p: fc.integer({ min: 1, max: 10 }) })
    .map(({ n, w, p }) => table(n, { width: w, page: p })),
  fc.record({ n: fc.nat(4), text: fc.string({ unit: 'grapheme', maxLength: 50 }) }).map(({ n, text }) => ({
    tag: 'div',
    text: { tag: 'plain_text', content: text.repeat(4 ** n * 3) },
  })),
  fc.nat(2_000).map((n) => markdown('**line** of words\n'.repeat(n))),
  fc.nat(1_500).map(chart),
  fc.integer({ min: 1, max: 60 }).map(fields),
  fc.constant<Json>({ tag: 'hr' }),
);

describe('whatever the blocks are', () => {
  const blocks = fc.array(block, { minLength: 1, maxLength: 15 });
  const most = fc.constantFrom(1, 2, 5);

  it('Feishu takes each card, and there are no more than there may be', () => {
    fc.assert(
      fc.property(blocks, most, fc.boolean(), (elements, cards, bots) => {
        const [whole, cut] = bots ? [forBots(WHOLE), forBots(CUT)] : [WHOLE, CUT];
        const fitted = fit(elements, { cards, whole, cut });
        assert.ok(fitted.cards.length <= cards);
        for (const each of fitted.cards) {
          assert.deepEqual(checkCard(each).filter(isError), []);
          assert.ok(fits(each, whole));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('no row is lost in silence: those shown and those said to be missing are all', () => {
    fc.assert(
      fc.property(blocks, most, (elements, cards) => {
        const { cards: made, cuts } = fit(elements, { cards });
        const rowsOf = (all: readonly Json[]): number =>
          all.filter(isTable).reduce<number>((sum, each) => sum + (each as { rows: Json[] }).rows.length, 0);
        const missing = cuts.filter(({ what }) => what === 'rows').reduce((sum, { shown, of }) => sum + of - shown, 0);
        assert.equal(rowsOf(made.flatMap(elementsOf)) + missing, rowsOf(elements));
        const notes = made.flatMap(said).join('\n');
        for (const { what, of, shown } of cuts.filter((cut) => cut.what === 'rows' && cut.shown > 0))
          assert.ok(notes.includes(`and ${(of - shown).toLocaleString('en')} more`), what);
      }),
      { numRuns: 50 },
    );
  });

  it('what is there stands in its order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 12 }), (sizes) => {
        const elements = sizes.flatMap((n, i) => [markdown(`## ${i}`), table(n, { width: 40 })]);
        const { cards } = fit(elements);
        const order = cards.flatMap(said).filter((words) => !words.startsWith('div'));
        assert.deepEqual(
          order.map((words) => words.replace(/^table.*/, 'table')),
          sizes.flatMap((_, i) => [`markdown ## ${i}`, 'table']),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('what was fitted fits: a second time changes nothing', () => {
    fc.assert(
      fc.property(blocks, (elements) => {
        for (const each of fit(elements).cards) {
          const how = { whole: WHOLE, cut: CUT, cards: 5, lang: 'en', shows: new Map(), fileOf: () => null } as const;
          assert.equal(fitCard(each, how).cards[0], each);
        }
      }),
      { numRuns: 30 },
    );
  });
});

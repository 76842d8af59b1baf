import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { cardExamples, FOLDER } from '../../scripts/reference/card-examples.ts';
import { checkProject } from '../../src/check/check-project.ts';
import { BLOCK_NAMES } from '../../src/config/blocks.ts';
import { loadProject } from '../../src/config/load.ts';
import { blocksOf, CHART_TYPES, FORMATS } from '../../src/model/card.ts';

const examples = await cardExamples();
const project = loadProject(`${FOLDER}examples/larkcron.yaml`, {});
const blocks = project.jobs.flatMap(({ message }) => (message.kind === 'card' ? blocksOf(message.card.body) : []));

describe('the examples of the card reference', () => {
  for (const { name, warnings } of examples.values()) {
    it(`${name} becomes a card that breaks no rule of Feishu`, () => assert.deepEqual(warnings, []));
  }

  it('have no finding of check', () => {
    assert.deepEqual(
      checkProject(project, [], Date.UTC(2026, 5, 1)).filter(({ code }) => code !== 'no-second-way'),
      [],
    );
  });

  it('show every block', () => {
    const shown = new Set<string>(blocks.map(({ block }) => block));
    // one button is a row of one
    assert.deepEqual(
      BLOCK_NAMES.filter((name) => name !== 'button' && !shown.has(name)),
      [],
    );
  });

  it('show every kind of chart and every format', () => {
    const kinds = new Set(
      blocks.flatMap((block) => (block.block === 'chart' && 'type' in block.chart ? [block.chart.type] : [])),
    );
    assert.deepEqual(
      CHART_TYPES.filter((type) => !kinds.has(type)),
      [],
    );
    const formats = new Set(
      blocks.flatMap((block) => (block.block === 'table' ? (block.columns ?? []).map(({ format }) => format?.as) : [])),
    );
    assert.deepEqual(
      FORMATS.filter((format) => format !== 'text' && !formats.has(format)),
      [],
    );
  });
});

describe('the pictures of the card reference', () => {
  const made = JSON.parse(readFileSync(`${FOLDER}images/made-of.json`, 'utf8')) as Record<string, string>;
  for (const { name, digest } of examples.values()) {
    it(`${name} shows the card as it is (npm run gallery)`, () => {
      assert.ok(existsSync(`${FOLDER}images/${name}.png`));
      assert.equal(made[name], digest);
    });
  }
  it('show nothing else', () =>
    assert.deepEqual(
      readdirSync(`${FOLDER}images`)
        .filter((file) => file.endsWith('.png'))
        .sort(),
      [...examples.keys()].map((name) => `${name}.png`).sort(),
    ));
});

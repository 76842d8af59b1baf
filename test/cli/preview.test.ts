import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileType } from '../../src/base/file-type.ts';
import { findBrowser } from '../../src/browser/find-browser.ts';
import { createProject } from '../support/project.ts';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const CHART = {
  tag: 'chart',
  chart_spec: { type: 'pie', data: { values: [{ k: 'a', v: 1 }] }, categoryField: 'k', valueField: 'v' },
};
const CHARTS = JSON.stringify({ schema: '2.0', body: { elements: [CHART, CHART] } });
const FILES = {
  'jobs/words.yaml': 'to: [ou_a]\ntext: hello\n',
  'jobs/picture.yaml':
    'to: [ou_a]\ncard:\n  title: T\n  body:\n    - image: { src: a.png, alt: A }\n    - markdown: "**b**"\n',
  'jobs/charts.yaml': 'to: [ou_a]\nraw: { file: charts.json }\n',
  'charts.json': CHARTS,
};
const NO_BROWSER = { CHROME: '/nonexistent/chrome' };
const browser = findBrowser({ PATH: '/usr/bin:/bin' });

const project = () => {
  const made = createProject(FILES);
  writeFileSync(join(made.folder, 'a.png'), Buffer.from(PIXEL, 'base64'));
  return made;
};

it('--html writes one page with the card and the pictures it will upload', async () => {
  const { folder, larkcron } = project();
  const { code, stdout, stderr } = await larkcron(['preview', 'picture', '--html', 'out.html']);
  assert.equal(code, 0, stderr);
  assert.equal(stdout, '');
  const page = readFileSync(join(folder, 'out.html'), 'utf8');
  assert.ok(page.includes(`src="data:image/png;base64,${PIXEL}"`));
  assert.ok(page.includes('<b>b</b>'));
});

it('--json says the same with a picture as without', async () => {
  const { larkcron } = project();
  const plain = await larkcron(['preview', 'picture', '--json']);
  const drawn = await larkcron(['preview', 'picture', '--json', '--html', 'out.html']);
  assert.equal(drawn.stdout, plain.stdout);
});

it('charts are drawn in the terminal', async () => {
  const { stdout } = await project().larkcron(['preview', 'charts']);
  assert.match(stdout, /a █+ 100% \(1\)/);
});

it('without a browser --png draws the charts alone, each in a file, and says so', async () => {
  const { folder, larkcron } = project();
  const { code, stderr } = await larkcron(['preview', 'charts', '--png', 'out.png', '--lang', 'en'], NO_BROWSER);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /no Chrome or Chromium, so only the charts were drawn/);
  for (const file of ['out.png', 'out-2.png']) assert.equal(fileType(readFileSync(join(folder, file))), 'png');
});

it('without a browser and without charts it says what is missing and how to get it', async () => {
  const { code, stderr } = await project().larkcron(
    ['preview', 'picture', '--png', 'out.png', '--lang', 'en'],
    NO_BROWSER,
  );
  assert.equal(code, 1);
  assert.match(stderr, /none on this machine.*no chart.*\[no-browser\]\n {2}→ Install one/s);
});

it('a message that is no card cannot be drawn', async () => {
  const { code, stderr } = await project().larkcron(['preview', 'words', '--html', 'out.html']);
  assert.equal(code, 2);
  assert.match(stderr, /\[not-a-card\]/);
});

it('--png takes a picture of the card', {
  skip: browser === null && 'no Chromium or Chrome on this machine',
}, async () => {
  const { folder, larkcron } = project();
  const { code, stderr } = await larkcron(['preview', 'picture', '--png', 'out.png'], { CHROME: browser ?? '' });
  assert.equal(code, 0, stderr);
  const png = readFileSync(join(folder, 'out.png'));
  assert.equal(fileType(png), 'png');
  assert.equal(png.readUInt32BE(16), 2 * 632, 'twice as many pixels as the card and its edge are wide');
});

it('--open opens a page in the system’s viewer', {
  skip: process.platform !== 'linux' && 'needs xdg-open',
}, async () => {
  const { folder, write, larkcron } = project();
  // the viewer outlives the program: it tells through a pipe which file it got
  execFileSync('mkfifo', [join(folder, 'shown')]);
  write('bin/xdg-open', `#!/bin/sh\nprintf %s "$1" > "${folder}/shown"\n`);
  chmodSync(join(folder, 'bin/xdg-open'), 0o755);
  const shown = readFile(join(folder, 'shown'), 'utf8');
  const env = { PATH: `${folder}/bin:/usr/bin:/bin`, TMPDIR: folder };
  const { code, stderr } = await larkcron(['preview', 'picture', '--open'], env);
  assert.equal(code, 0, stderr);
  assert.match(readFileSync(await shown, 'utf8'), /<b>b<\/b>/);
  assert.ok(stderr.includes(await shown), stderr);
});

it('a warning that is known before and after the data is said once', async () => {
  const { larkcron } = createProject({
    'jobs/all.yaml':
      'to: [oc_a]\nraw: { schema: "2.0", body: { elements: [{ tag: markdown, content: "<at id=all></at>" }] } }\n',
  });
  const { stderr } = await larkcron(['preview', 'all']);
  assert.equal(stderr.match(/card-at-all/g)?.length, 1, stderr);
});

// Pictures of every example of the card reference. `npm run gallery`; needs Chromium or Chrome ($CHROME, or on PATH).
// docs/reference/cards/images: one picture each, for the pages there. gallery/index.html: each on desktop and phone, in
// light and dark, to be looked at.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findBrowser } from '../src/browser/find-browser.ts';
import { openBrowser } from '../src/picture/browser.ts';
import { cardPicture } from '../src/picture/card-png.ts';
import { pictureUrl } from '../src/picture/data-url.ts';
import { cardExamples, type Example, FOLDER } from './reference/card-examples.ts';

const GALLERY = fileURLToPath(new URL('../gallery/', import.meta.url));
const IMAGES = `${FOLDER}images/`;
const VIEWS = ['wide', 'phone'] as const;
const THEMES = ['light', 'dark'] as const;

const program = findBrowser(process.env);
if (program === null) {
  console.error('There is no Chromium or Chrome here. Install one, or name it in $CHROME.');
  process.exit(1);
}

/** The pictures of an example by their keys in its card. */
const picturesOf = ({ parts }: Example) => {
  const files = parts.flatMap((part) => part.files);
  return (key: string): string | null => {
    const file = files.find(({ standIn }) => standIn === key);
    return file === undefined ? null : pictureUrl(file.bytes);
  };
};

const NAMES: Readonly<Record<string, string>> = { ou_a: '王芳', ou_b: '李强', ou_c: '张伟', ou_boss: '陈店长' };

const examples = await cardExamples();
mkdirSync(GALLERY, { recursive: true });
mkdirSync(IMAGES, { recursive: true });
for (const old of readdirSync(IMAGES)) rmSync(`${IMAGES}${old}`);

const browser = openBrowser(program);
const sections: string[] = [];
try {
  for (const example of examples.values()) {
    const { name, card } = example;
    const pictures: string[] = [];
    for (const view of VIEWS)
      for (const theme of THEMES) {
        const file = `${name}-${view}-${theme}.png`;
        const png = await cardPicture(browser, card, {
          title: name,
          lang: 'zh',
          view,
          theme,
          picture: picturesOf(example),
          person: (id) => NAMES[id] ?? null,
        });
        writeFileSync(`${GALLERY}${file}`, png);
        if (view === 'wide' && theme === 'light') writeFileSync(`${IMAGES}${name}.png`, png);
        pictures.push(`<img src="${file}" alt="${name}" class="${view}">`);
      }
    sections.push(`<h2 id="${name}">${name}</h2><div>${pictures.join('')}</div>`);
    console.log(name);
  }
} finally {
  await browser.close();
}

const digests = Object.fromEntries([...examples.values()].map(({ name, digest }) => [name, digest]));
writeFileSync(`${IMAGES}made-of.json`, `${JSON.stringify(digests, null, 2)}\n`);
writeFileSync(
  `${GALLERY}index.html`,
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>larkcron cards</title>
<style>body{font:14px sans-serif;margin:24px}div{display:flex;flex-wrap:wrap;gap:12px;align-items:start}img.wide{width:474px}img.phone{width:300px}</style>
${sections.join('\n')}
</html>
`,
);
console.log(`${GALLERY}index.html`);

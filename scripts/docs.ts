// Makes docs/reference from the code. `npm run docs`
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pages } from './reference/pages.ts';

for (const [file, page] of Object.entries(await pages())) {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, page);
  console.log(file);
}

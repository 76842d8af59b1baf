// Makes the console's pages: `npm run pages` into ui/dist, for `larkcron start` from the source; the build into dist/ui.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Rolldown } from 'vite';
import { build } from 'vite';

const ui = fileURLToPath(new URL('../ui/', import.meta.url));

/** Compressed once here, and not for each browser: beside each file lie its .br and .gz. */
const compress = (folder: string): void => {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (/\.(js|css|html|svg)$/.test(name)) {
      const text = readFileSync(`${folder}/${name}`);
      writeFileSync(`${folder}/${name}.br`, brotliCompressSync(text));
      writeFileSync(`${folder}/${name}.gz`, gzipSync(text));
    }
};

/** Builds the pages; gives the files of all modules that are inside. */
export const buildPages = async (folder: string): Promise<readonly string[]> => {
  const built = (await build({
    root: ui,
    configFile: `${ui}vite.config.ts`,
    logLevel: 'warn',
    build: { outDir: folder },
  })) as Rolldown.RolldownOutput;
  compress(folder);
  return built.output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
};

if (import.meta.main) await buildPages(`${ui}dist`);

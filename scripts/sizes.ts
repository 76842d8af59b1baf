// No file above 400 lines, no room or file with a name that says nothing. `npm run sizes`
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const MOST = 400;
const EMPTY_NAMES = /(^|\/)(utils?|helpers?|common|shared|lib|misc)(\/|\.\w+$)/;

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'src', 'ui', 'test', 'scripts', 'bench'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(tsx?|mjs|js|sql|css)$/.test(file));
const faults = files.flatMap((file) => {
  let lines: number;
  try {
    lines = readFileSync(file, 'utf8').split('\n').length;
  } catch {
    return []; // deleted, and not yet committed
  }
  return [
    ...(lines > MOST ? [`${file}: ${lines} lines; split it by reason (at most ${MOST})`] : []),
    ...(EMPTY_NAMES.test(file) ? [`${file}: a name that says nothing; name it after what it does`] : []),
  ];
});
for (const fault of faults) console.error(fault);
const sizes = files
  .filter((file) => file.startsWith('src/'))
  .map((file) => readFileSync(file, 'utf8').split('\n').length)
  .sort((a, b) => a - b);
console.log(`${files.length} files, median ${sizes[Math.floor(sizes.length / 2)]} lines in src`);
process.exit(faults.length === 0 ? 0 : 1);

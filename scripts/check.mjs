// Everything CI wants to know, in the order in which it fails fastest. `npm run check`
import { spawnSync } from 'node:child_process';

const STEPS = ['format', 'types', 'layers', 'sizes', 'unused', 'test', 'build'];

for (const step of STEPS) {
  console.log(`\n── ${step}`);
  const { status } = spawnSync('npm', ['run', '--silent', step], { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`\n${step} failed: npm run ${step}`);
    process.exit(status ?? 1);
  }
}

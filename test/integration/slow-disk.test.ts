import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { inLedger } from '../support/ledger-of.ts';
import { createProject, SETTINGS } from '../support/project.ts';
import { startSandboxProcess } from '../support/sandbox-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Every durable commit takes 8 ms longer, as on a cloud disk. */
const SLOW = `#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
static int slowly(const char *name, int fd) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  int noted = open(getenv("SLOWED"), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (noted < 0 || write(noted, ".", 1) != 1 || close(noted) != 0) abort();
  usleep(8000);
  return real(fd);
}
int fsync(int fd) { return slowly("fsync", fd); }
int fdatasync(int fd) { return slowly("fdatasync", fd); }
`;

const PEOPLE = 300;

/** The library to preload, or why there is none. */
const compiled = (): { file: string } | { skip: string } => {
  if (process.platform !== 'linux') return { skip: 'LD_PRELOAD is known on Linux' };
  const folder = temporaryFolder();
  const file = join(folder, 'slow-sync.so');
  writeFileSync(join(folder, 'slow-sync.c'), SLOW);
  const cc = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', file, join(folder, 'slow-sync.c'), '-ldl']);
  if (cc.error !== undefined) return { skip: 'no C compiler (cc) to slow fsync with' };
  assert.equal(cc.status, 0, String(cc.stderr));
  return { file };
};

it('with every fsync 8 ms slower a push to 300 people still goes out at 40 a second', async (t) => {
  const slow = compiled();
  if ('skip' in slow) return t.skip(slow.skip);
  const sandbox = await startSandboxProcess(t);
  const people = Array.from({ length: PEOPLE }, (_, i) => `ou_${i}`);
  const project = createProject(
    {
      'larkcron.yaml': SETTINGS.replace('owner: ou_owner\n', ''),
      'jobs/all.yaml': `to: [${people.join(', ')}]\ntext: hello\n`,
    },
    sandbox.url,
  );
  const slowed = join(project.folder, 'slowed');
  const pushed = await project.larkcron(['run', 'all'], { LD_PRELOAD: slow.file, SLOWED: slowed });
  assert.equal(pushed.code, 0, pushed.stderr);
  const commits = statSync(slowed).size;
  assert.ok(commits >= 20, `${commits} were slowed`);
  const times = (await sandbox.messages()).map(({ createdAt }) => createdAt).sort((a, b) => a - b);
  assert.equal(times.length, PEOPLE);
  const stretch = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000;
  t.diagnostic(`${(PEOPLE / stretch).toFixed(1)} a second, ${commits} slow commits`);
  assert.ok(PEOPLE / stretch >= 40, `${PEOPLE} in ${stretch} s`);
  // each was recorded before it left, and its end after
  const tries = await inLedger(project, async ({ history }) => {
    const [run] = await history.runs({ job: 'all', states: null, since: null, limit: 1 });
    return run === undefined ? [] : history.attempts(run.id);
  });
  assert.equal(tries.filter(({ outcome }) => outcome === 'delivered').length, PEOPLE);
});

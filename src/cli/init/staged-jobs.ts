import { join } from 'node:path';
import { loadProject } from '../../config/load.ts';
import { type AppPlan, planOf } from '../../doctor/plan.ts';
import type { Use } from '../../doctor/scopes.ts';

/** What the jobs of a staged project are like, as far as `init` has to know. */
export interface StagedJobs {
  /** what they ask of Feishu, with the jobs that do */
  readonly uses: AppPlan['uses'];
  /** those whose first run only remembers: to see a message of theirs, run takes --force */
  readonly quietAtFirst: ReadonlySet<string>;
}

export const stagedJobs = (folder: string): StagedJobs => {
  const anybody = { FEISHU_APP_ID: 'cli_stage', FEISHU_APP_SECRET: 'stage' };
  const { jobs, settings } = loadProject(join(folder, 'larkcron.yaml'), anybody);
  return {
    uses: planOf(jobs, settings)[0]?.uses ?? new Map<Use, string[]>([['send', []]]),
    quietAtFirst: new Set(jobs.filter(({ changed }) => changed?.first === 'remember').map(({ name }) => name)),
  };
};

import { join } from 'node:path';
import { type App, createApp } from '../../src/app.ts';
import type { Clock } from '../../src/base/clock.ts';
import { createRedactor } from '../../src/base/redact.ts';
import { loadProject } from '../../src/config/load.ts';
import type { LogEvent } from '../../src/model/log-event.ts';
import type { TestProject } from './project.ts';

/** The wired product over a test's project, in this process and at a time of the test's own. */
export const appOf = (project: TestProject, endpoint: string, clock: Clock, watch?: (event: LogEvent) => void): App =>
  createApp(
    loadProject(join(project.folder, 'larkcron.yaml'), { FEISHU_ENDPOINT: endpoint }, { only: null, defaults: {} }),
    {
      clock,
      redact: createRedactor([]),
      stderr: () => {},
      signal: new AbortController().signal,
      ...(watch === undefined ? {} : { watch }),
    },
  );

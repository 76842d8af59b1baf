import { systemClock } from '../../src/base/clock.ts';
import { screenshotSource } from '../../src/config/screenshot.ts';
import type { Reading } from '../../src/config/shape.ts';
import { parseYaml } from '../../src/config/yaml.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import type { Problem } from '../../src/model/errors.ts';
import { fetchSource } from '../../src/source/fetch-source.ts';
import type { SourceContext } from '../../src/source/source.ts';
import { sourceContext } from '../support/source-context.ts';

/** A screenshot as its YAML asks for it, by this machine's browser. */
export const takeScreenshot = (yaml: string, more: Partial<SourceContext> = {}): Promise<Dataset> => {
  const problems: Problem[] = [];
  const reading: Reading = { environment: {}, problems, webhooks: new Map() };
  const node = parseYaml(yaml, 'jobs/a.yaml', problems);
  const spec = node === null ? null : screenshotSource.read(node, reading, 'screenshot');
  if (node === null || spec === null)
    throw new Error(problems.map(({ code, message }) => `${code} ${message.en}`).join('\n'));
  const { PATH = '', HOME = '', CHROME } = process.env;
  return fetchSource(
    { at: node.at, source: 'screenshot', ...spec },
    sourceContext({
      env: { PATH, HOME, ...(CHROME === undefined ? {} : { CHROME }) },
      now: systemClock.now,
      monotonic: systemClock.monotonic,
      sleep: systemClock.sleep,
      ...more,
    }),
  );
};

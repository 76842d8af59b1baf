import type { Dataset } from '../model/dataset.ts';
import { datasetOf } from '../model/dataset.ts';
import type { FetchedSpec } from '../model/job.ts';
import type { SourceContext } from './source.ts';

/** Fetches by the spec's kind; a kind's code is loaded when a job uses it. */
export const fetchSource = async (spec: FetchedSpec, context: SourceContext): Promise<Dataset> => {
  switch (spec.source) {
    case 'rows':
      return datasetOf(spec.rows);
    case 'function':
      return (await import('./function.ts')).fetchFunction(spec, context);
    case 'sql':
      return (await import('./sql.ts')).fetchSql(spec, context);
    case 'http':
      return (await import('./http.ts')).fetchHttp(spec, context);
    case 'bitable':
      return (await import('./bitable.ts')).fetchBitable(spec, context);
    case 'sheet':
      return (await import('./sheet.ts')).fetchSheet(spec, context);
    case 'screenshot':
      return (await import('./screenshot/screenshot.ts')).fetchScreenshot(spec, context);
    case 'health':
      return (await import('./health/health.ts')).fetchHealth(spec, context);
    case 'command':
      return (await import('./command.ts')).fetchCommand(spec, context);
    case 'file':
      return (await import('./file.ts')).fetchFile(spec, context);
  }
};

import { Input, Select } from '@douyinfe/semi-ui-19';
import { useSay } from '../lang.ts';
import { useAddress } from '../pieces/address.ts';
import { PagesOf } from '../pieces/pages-of.tsx';
import { Page } from '../pieces/read.tsx';
import { type RunRow, RunsTable } from '../pieces/runs-table.tsx';
import { lookOf, RUN_FILTER } from '../states.ts';

export default function Runs() {
  const say = useSay();
  const [asked, ask] = useAddress(['job', 'state'] as const);
  const states = say({ zh: '结果', en: 'Outcome' });
  return (
    <Page
      title={say({ zh: '运行', en: 'Runs' })}
      acts={
        <>
          <Input
            value={asked.job}
            onChange={(job) => ask({ job })}
            showClear
            placeholder={say({ zh: '任务名', en: 'Name of a job' })}
            aria-label={say({ zh: '任务名', en: 'Name of a job' })}
          />
          <Select
            multiple
            showClear
            maxTagCount={1}
            placeholder={states}
            aria-label={states}
            value={asked.state === '' ? [] : asked.state.split(',')}
            onChange={(value) => ask({ state: (value as string[] | undefined)?.join(',') ?? '' })}
            optionList={RUN_FILTER.map((value) => ({ value, label: say(lookOf(value).text) }))}
          />
        </>
      }
    >
      <PagesOf<RunRow> name="runs" path="/api/runs" query={asked}>
        {(items) => <RunsTable of={items} />}
      </PagesOf>
    </Page>
  );
}

import { useSay } from '../lang.ts';
import { useAddress } from '../pieces/address.ts';
import { Choice } from '../pieces/choice.tsx';
import { PagesOf } from '../pieces/pages-of.tsx';
import { Page } from '../pieces/read.tsx';
import { type RunRow, RunsTable } from '../pieces/runs-table.tsx';
import { Typed } from '../pieces/typed.tsx';
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
          <Typed label={say({ zh: '任务名', en: 'Name of a job' })} value={asked.job} change={(job) => ask({ job })} />
          <Choice
            label={states}
            none={states}
            value={asked.state}
            choose={(state) => ask({ state })}
            options={RUN_FILTER.map((value) => [value, say(lookOf(value).text)])}
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

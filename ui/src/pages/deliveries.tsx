import { useSay } from '../lang.ts';
import { useAddress } from '../pieces/address.ts';
import { Choice } from '../pieces/choice.tsx';
import { DeliveriesTable, type DeliveryRow } from '../pieces/deliveries-table.tsx';
import { PagesOf } from '../pieces/pages-of.tsx';
import { Page } from '../pieces/read.tsx';
import { Typed } from '../pieces/typed.tsx';
import { DELIVERY_FILTER, lookOf } from '../states.ts';
import { typedTime } from '../time.ts';

export default function Deliveries() {
  const say = useSay();
  const [asked, ask] = useAddress(['recipient', 'job', 'state', 'code', 'since', 'until', 'run'] as const);
  const field = (name: 'recipient' | 'job' | 'code', label: string) => (
    <Typed
      label={label}
      value={asked[name]}
      change={(value) => ask({ [name]: name === 'code' ? value.replaceAll(/\D/g, '') : value })}
    />
  );
  const when = (name: 'since' | 'until', label: string) => (
    <label className="when">
      {label}{' '}
      <input type="datetime-local" value={asked[name]} onChange={(event) => ask({ [name]: event.target.value })} />
    </label>
  );
  const states = say({ zh: '结果', en: 'Outcome' });
  return (
    <Page
      title={say({ zh: '投递', en: 'Deliveries' })}
      note={say({ zh: '一条消息到一个收件人', en: 'One message to one recipient' })}
    >
      <div className="filters">
        {field('recipient', say({ zh: '收件人', en: 'Recipient' }))}
        {field('job', say({ zh: '任务', en: 'Job' }))}
        <Choice
          label={states}
          none={states}
          value={asked.state}
          choose={(state) => ask({ state })}
          options={DELIVERY_FILTER.map((value) => [value, say(lookOf(value).text)])}
        />
        {field('code', say({ zh: '飞书的 code', en: "Feishu's code" }))}
        {when('since', say({ zh: '从', en: 'from' }))}
        {when('until', say({ zh: '到', en: 'to' }))}
      </div>
      <PagesOf<DeliveryRow>
        name="deliveries"
        path="/api/deliveries"
        query={{ ...asked, since: typedTime(asked.since), until: typedTime(asked.until) }}
      >
        {(items) => <DeliveriesTable of={items} />}
      </PagesOf>
    </Page>
  );
}

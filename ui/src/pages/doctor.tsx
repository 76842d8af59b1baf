import { Button, Spin } from '@douyinfe/semi-ui-19';
import { type Answer, act } from '../api.ts';
import { useSay } from '../lang.ts';
import { useDo } from '../pieces/do.tsx';
import { Loaded, Nothing, Page, Table, useRead } from '../pieces/read.tsx';
import { State } from '../pieces/state.tsx';
import { useMay } from '../session.ts';
import { exactly } from '../time.ts';

const ORDER = ['fault', 'warning', 'ok', 'skipped'];

export default function Doctor() {
  const say = useSay();
  const [perform, doing] = useDo();
  const may = useMay('operator');
  return (
    <Loaded of={useRead('doctor', '/api/doctor')}>
      {(found) => (
        <Page
          title={say({ zh: '体检', en: 'Doctor' })}
          note={
            found.finishedAt === null
              ? say({
                  zh: '问飞书:应用、权限、收件人是否都好',
                  en: 'Asks Feishu whether apps, scopes and recipients are all right',
                })
              : exactly(found.finishedAt)
          }
          acts={
            may && (
              <Button
                theme="solid"
                loading={doing || found.state === 'running'}
                onClick={() =>
                  void perform(
                    () => act<Answer<'examine'>>('/api/doctor'),
                    () => null,
                  )
                }
              >
                {say({ zh: '开始体检', en: 'Examine' })}
              </Button>
            )
          }
        >
          {found.state === 'running' && (
            <Spin wrapperClassName="waiting" tip={say({ zh: '正在问飞书', en: 'Asking Feishu' })} />
          )}
          {found.failed !== null && <p className="notice tone-bad">{found.failed.message}</p>}
          {found.state === 'none' && (
            <Nothing>{say({ zh: '启动以来还没有体检过', en: 'No examination since the start' })}</Nothing>
          )}
          {found.findings.length > 0 && (
            <Table
              label={say({ zh: '体检结果', en: 'Findings' })}
              heads={[
                say({ zh: '结果', en: 'Outcome' }),
                say({ zh: '对象', en: 'Subject' }),
                say({ zh: '说明', en: 'Finding' }),
              ]}
              rows={found.findings
                .toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status))
                .map((one, i) => [
                  `${i}`,
                  [
                    <State key="state" state={one.status} />,
                    [one.app, one.subject].filter((part) => part !== null).join(' · ') || one.check,
                    <div key="words">
                      {one.message}
                      {one.hint !== null && <div className="dim">→ {one.hint}</div>}
                      {one.link !== null && (
                        <a href={one.link} target="_blank" rel="noreferrer noopener">
                          {one.link}
                        </a>
                      )}
                      {one.jobs.length > 0 && <div className="dim">{one.jobs.join('、')}</div>}
                    </div>,
                  ],
                ])}
            />
          )}
        </Page>
      )}
    </Loaded>
  );
}

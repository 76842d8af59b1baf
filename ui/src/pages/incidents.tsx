import { useSay } from '../lang.ts';
import { IncidentLine } from '../pieces/incident.tsx';
import { Loaded, Nothing, Page, Part, useRead } from '../pieces/read.tsx';

export default function Incidents() {
  const say = useSay();
  return (
    <Page
      title={say({ zh: '故障', en: 'Incidents' })}
      note={say({
        zh: '从第一次失败到下一次成功,算一个故障',
        en: 'From the first failure to the next success is one incident',
      })}
    >
      <Loaded of={useRead('incidents', '/api/incidents')}>
        {({ open, closed, more }) => (
          <>
            <Part title={say({ zh: `未恢复 ${open.length}`, en: `Open ${open.length}` })}>
              {open.length === 0 && <Nothing>{say({ zh: '一切正常', en: 'Everything works' })}</Nothing>}
              {open.map((incident) => (
                <IncidentLine key={incident.id} incident={incident} />
              ))}
            </Part>
            <Part title={say({ zh: '一周内恢复的', en: 'Recovered within a week' })}>
              {closed.length === 0 && <Nothing>{say({ zh: '没有', en: 'None' })}</Nothing>}
              {closed.map((incident) => (
                <IncidentLine key={incident.id} incident={incident} />
              ))}
              {more && (
                <p className="dim">
                  {say({
                    zh: '更早的还有,这里列出最近 200 个',
                    en: 'There are earlier ones; these are the latest 200',
                  })}
                </p>
              )}
            </Part>
          </>
        )}
      </Loaded>
    </Page>
  );
}

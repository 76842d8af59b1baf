import {
  IconAlertTriangle,
  IconBolt,
  IconCalendar,
  IconClock,
  IconCode,
  IconExit,
  IconHistory,
  IconHome,
  IconMenu,
  IconMoon,
  IconPulse,
  IconSend,
  IconSun,
  IconUserGroup,
} from '@douyinfe/semi-icons';
import { Button } from '@douyinfe/semi-ui-19';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { type Answer, ask } from './api.ts';
import { type Lang, type Text, useSay } from './lang.ts';
import { useLive } from './live.ts';
import { LangSwitch } from './pieces/lang-switch.tsx';
import { Mark } from './pieces/mark.tsx';
import { useMay, useSession } from './session.ts';
import { applyTheme, startTheme } from './theme.ts';

const ROOMS: readonly (readonly [path: string, Icon: typeof IconHome, text: Text])[] = [
  ['/', IconHome, { zh: '今天', en: 'Today' }],
  ['/jobs', IconClock, { zh: '任务', en: 'Jobs' }],
  ['/runs', IconHistory, { zh: '运行', en: 'Runs' }],
  ['/deliveries', IconSend, { zh: '投递', en: 'Deliveries' }],
  ['/incidents', IconAlertTriangle, { zh: '故障', en: 'Incidents' }],
  ['/recipients', IconUserGroup, { zh: '收件人', en: 'Recipients' }],
  ['/calendar', IconCalendar, { zh: '日历', en: 'Calendar' }],
  ['/workshop', IconCode, { zh: '卡片工坊', en: 'Card workshop' }],
  ['/doctor', IconPulse, { zh: '体检', en: 'Doctor' }],
  ['/audit', IconBolt, { zh: '操作记录', en: 'Audit' }],
];

const Navigation = ({ close }: { close: () => void }) => {
  const say = useSay();
  const [at] = useLocation();
  const isAdmin = useMay('admin');
  const isOperator = useMay('operator');
  const { data } = useQuery({ queryKey: ['incidents'], queryFn: () => ask<Answer<'incidents'>>('/api/incidents') });
  const open = data?.open.length ?? 0;
  const mine = ROOMS.filter(([path]) => (path !== '/audit' || isAdmin) && (path !== '/workshop' || isOperator));
  return (
    <nav aria-label={say({ zh: '页面', en: 'Pages' })}>
      {mine.map(([path, Icon, text]) => {
        const here = path === '/' ? at === '/' : at.startsWith(path);
        return (
          <Link key={path} href={path} onClick={close} aria-current={here ? 'page' : undefined}>
            <Icon aria-hidden="true" /> {say(text)}
            {path === '/incidents' && open > 0 && <span className="count">{open}</span>}
          </Link>
        );
      })}
    </nav>
  );
};

const Foot = ({ chooseLang, line }: { chooseLang: (lang: Lang) => void; line: 'live' | 'broken' }) => {
  const say = useSay();
  const client = useQueryClient();
  const { name, role, version, timezone } = useSession();
  const [theme, setTheme] = useState(startTheme);
  const other = theme === 'dark' ? 'light' : 'dark';
  const leave = async (): Promise<void> => {
    await ask('/api/session', { method: 'DELETE' }).catch(() => {});
    client.setQueryData(['session'], null);
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
  };
  const themeWords = say(other === 'dark' ? { zh: '深色', en: 'Dark' } : { zh: '浅色', en: 'Light' });
  return (
    <footer>
      <p className={line === 'live' ? 'dim' : 'bad'} role="status">
        <span className={`line-${line}`} />
        {line === 'live'
          ? say({ zh: '实时更新', en: 'Live' })
          : say({ zh: '连接断开,正在重连', en: 'Line broken; trying again' })}
      </p>
      <p className="dim">
        {name} · {role}
        <br />
        {timezone} · {version}
      </p>
      <div className="tools">
        <Button
          theme="borderless"
          icon={other === 'dark' ? <IconMoon /> : <IconSun />}
          aria-label={themeWords}
          title={themeWords}
          onClick={() => {
            applyTheme(other, true);
            setTheme(other);
          }}
        />
        <LangSwitch choose={chooseLang} />
        <Button
          theme="borderless"
          icon={<IconExit />}
          aria-label={say({ zh: '退出登录', en: 'Log out' })}
          onClick={() => void leave()}
        />
      </div>
    </footer>
  );
};

/** What surrounds every page: where one can go, who is here, whether the line lives. */
export const Shell = ({ children, chooseLang }: { children: ReactNode; chooseLang: (lang: Lang) => void }) => {
  const say = useSay();
  const { project } = useSession();
  const line = useLive();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setOpen(false);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return (
    <div className={isOpen ? 'shell open' : 'shell'}>
      <a className="skip" href="#page">
        {say({ zh: '跳到内容', en: 'Skip to content' })}
      </a>
      <header className="bar">
        <Button
          theme="borderless"
          icon={<IconMenu />}
          aria-label={say({ zh: '菜单', en: 'Menu' })}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        />
        <Mark /> <strong>{project}</strong>
      </header>
      <aside>
        <div className="brand">
          <Mark />
          <div>
            <strong>larkcron</strong>
            <span className="dim">{project}</span>
          </div>
        </div>
        <Navigation close={() => setOpen(false)} />
        <Foot chooseLang={chooseLang} line={line} />
      </aside>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: Escape closes the menu, too */}
      <div className="veil" onClick={() => setOpen(false)} />
      <main id="page" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
};

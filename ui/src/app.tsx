import { ConfigProvider, Spin } from '@douyinfe/semi-ui-19';
import enLocale from '@douyinfe/semi-ui-19/lib/es/locale/source/en_US';
import zhLocale from '@douyinfe/semi-ui-19/lib/es/locale/source/zh_CN';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { ask, Refused, rememberCsrf, type Session } from './api.ts';
import { chosenLang, currentLang, type Lang, LangContext, setLang } from './lang.ts';
import { Login } from './pages/login.tsx';
import { Today } from './pages/today.tsx';
import { decoded } from './pieces/address.ts';
import { Caught } from './pieces/caught.tsx';
import { Faulty } from './pieces/faulty.tsx';
import { logIn, SessionContext, tokenInAddress } from './session.ts';
import { Shell } from './shell.tsx';
import { setZone } from './time.ts';

const Jobs = lazy(() => import('./pages/jobs.tsx'));
const Job = lazy(() => import('./pages/job.tsx'));
const Runs = lazy(() => import('./pages/runs.tsx'));
const Run = lazy(() => import('./pages/run.tsx'));
const Deliveries = lazy(() => import('./pages/deliveries.tsx'));
const Incidents = lazy(() => import('./pages/incidents.tsx'));
const Recipients = lazy(() => import('./pages/recipients.tsx'));
const Calendar = lazy(() => import('./pages/calendar.tsx'));
const Doctor = lazy(() => import('./pages/doctor.tsx'));
const Workshop = lazy(() => import('./pages/workshop.tsx'));
const Audit = lazy(() => import('./pages/audit.tsx'));

const given = tokenInAddress();
// such a link in a window that is here already: a browser loads nothing by itself, since only what follows the # is new
addEventListener('hashchange', () => location.hash.startsWith('#token=') && location.reload());

/** Who is here: by the link of the first start, or by the cookie of before. */
const whoIsHere = async (): Promise<Session | null> => {
  try {
    const session = given === null ? await ask<Session>('/api/session') : await logIn(given);
    rememberCsrf(session.csrf);
    setZone(session.timezone);
    setLang(chosenLang() ?? session.lang, false);
    return session;
  } catch (error) {
    if (error instanceof Refused && error.problem.status === 401) return null;
    throw error;
  }
};

const Pages = () => (
  <Suspense fallback={<Spin size="large" wrapperClassName="waiting" />}>
    <Switch>
      <Route path="/" component={Today} />
      <Route path="/jobs" component={Jobs} />
      <Route path="/jobs/:job">{({ job }) => <Job key={job} job={decoded(job)} />}</Route>
      <Route path="/runs" component={Runs} />
      <Route path="/runs/:run">{({ run }) => <Run key={run} run={run} />}</Route>
      <Route path="/deliveries" component={Deliveries} />
      <Route path="/incidents" component={Incidents} />
      <Route path="/recipients" component={Recipients} />
      <Route path="/calendar" component={Calendar} />
      <Route path="/doctor" component={Doctor} />
      <Route path="/workshop" component={Workshop} />
      <Route path="/audit" component={Audit} />
      <Route>
        <Redirect to="/" replace />
      </Route>
    </Switch>
  </Suspense>
);

export const App = () => {
  const client = useQueryClient();
  const [path] = useLocation();
  const who = useQuery({ queryKey: ['session'], queryFn: whoIsHere, staleTime: Number.POSITIVE_INFINITY });
  const [lang, changeLang] = useState<Lang | null>(chosenLang());
  const shown = lang ?? who.data?.lang ?? currentLang();
  const choose = (next: Lang): void => {
    setLang(next, true);
    changeLang(next);
    // sentences of the API are in the language they were asked in
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
  };
  return (
    <LangContext value={shown}>
      <ConfigProvider locale={shown === 'zh' ? zhLocale : enLocale}>
        {who.isPending ? (
          <Spin size="large" wrapperClassName="waiting" />
        ) : who.isError ? (
          <Faulty error={who.error} again={() => void who.refetch()} />
        ) : who.data === null ? (
          <Login chooseLang={choose} />
        ) : (
          <SessionContext value={who.data}>
            <Shell chooseLang={choose}>
              <Caught key={path}>
                <Pages />
              </Caught>
            </Shell>
          </SessionContext>
        )}
      </ConfigProvider>
    </LangContext>
  );
};

import { Button, Input } from '@douyinfe/semi-ui-19';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, ask, Refused, rememberCsrf } from '../api.ts';
import { chosenLang, type Lang, setLang, useSay } from '../lang.ts';
import { LangSwitch } from '../pieces/lang-switch.tsx';
import { Mark } from '../pieces/mark.tsx';
import { logIn } from '../session.ts';
import { setZone } from '../time.ts';

type Way = Answer<'logins'>['ways'][number];

/** To log in without a token: a link, since the provider's page is elsewhere; back to where one wanted to go. */
const Ways = ({ ways }: { ways: readonly Way[] }) => {
  const say = useSay();
  const words = ({ way, name }: Way): string =>
    way === 'feishu'
      ? say({ zh: '用飞书登录', en: 'Log in with Feishu' })
      : say({ zh: `用 ${name ?? '单点登录'} 登录`, en: `Log in with ${name ?? 'single sign-on'}` });
  const back = encodeURIComponent(location.pathname + location.search);
  return (
    <>
      {ways.map((way) => (
        <a key={way.way} className="way" href={`${way.path}?back=${back}`}>
          {words(way)}
        </a>
      ))}
      <p className="or">{say({ zh: '或者用令牌', en: 'or with a token' })}</p>
    </>
  );
};

export const Login = ({ chooseLang }: { chooseLang: (lang: Lang) => void }) => {
  const say = useSay();
  const client = useQueryClient();
  const [token, setToken] = useState('');
  const [refused, setRefused] = useState<Refused | null>(null);
  const [waiting, setWaiting] = useState(false);
  const { ways } = useQuery({ queryKey: ['logins'], queryFn: () => ask<Answer<'logins'>>('/api/login') }).data ?? {
    ways: [],
  };
  const enter = async (): Promise<void> => {
    setWaiting(true);
    try {
      const session = await logIn(token.trim());
      rememberCsrf(session.csrf);
      setZone(session.timezone);
      setLang(chosenLang() ?? session.lang, false);
      client.setQueryData(['session'], session);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    } finally {
      setWaiting(false);
    }
  };
  return (
    <main className="login">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void enter();
        }}
      >
        <h1>
          <Mark /> larkcron
        </h1>
        {ways.length > 0 && <Ways ways={ways} />}
        <label htmlFor="token">{say({ zh: '令牌', en: 'Token' })}</label>
        <Input
          id="token"
          type="password"
          autoComplete="current-password"
          size="large"
          autoFocus={ways.length === 0}
          value={token}
          onChange={setToken}
          validateStatus={refused === null ? 'default' : 'error'}
          placeholder="lct_…"
        />
        {refused !== null && (
          <p role="alert" className="bad">
            {refused.problem.title} {refused.problem.hint}
          </p>
        )}
        <Button htmlType="submit" theme="solid" size="large" block loading={waiting} disabled={token.trim() === ''}>
          {say({ zh: '登录', en: 'Log in' })}
        </Button>
        <p className="dim">
          {say({ zh: '令牌由服务器上的这条命令生成:', en: 'On the server, this makes a token: ' })}
          <code>larkcron console token</code>
        </p>
        <div>
          <LangSwitch choose={chooseLang} />
        </div>
      </form>
    </main>
  );
};

import { Button, Input } from '@douyinfe/semi-ui-19';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Refused, rememberCsrf } from '../api.ts';
import { chosenLang, setLang, useSay } from '../lang.ts';
import { Mark } from '../pieces/mark.tsx';
import { logIn } from '../session.ts';
import { setZone } from '../time.ts';

export const Login = () => {
  const say = useSay();
  const client = useQueryClient();
  const [token, setToken] = useState('');
  const [refused, setRefused] = useState<Refused | null>(null);
  const [waiting, setWaiting] = useState(false);
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
        <label htmlFor="token">{say({ zh: '令牌', en: 'Token' })}</label>
        <Input
          id="token"
          type="password"
          autoComplete="current-password"
          size="large"
          autoFocus
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
          {say({ zh: '令牌由服务器上的这条命令生成:', en: 'On the server, this makes a token:' })}
          <code>larkcron console token</code>
        </p>
      </form>
    </main>
  );
};

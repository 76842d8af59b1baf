import type { App } from '../../app.ts';
import { loginAddress, userBy } from '../../feishu/user-login.ts';
import { failure } from '../../model/errors.ts';
import { type FeishuLogin, shownAs } from '../../model/login.ts';
import { own } from '../../model/own.ts';
import { webWords } from '../words.ts';
import type { Provider } from './provider.ts';
import { challengeOf } from './slip.ts';

export const feishuProvider = ({ app: name, roles }: FeishuLogin, app: App): Provider | null => {
  const asApp = own(app.project.settings.apps, name);
  if (asApp === undefined) return null;
  return {
    way: 'feishu',
    name: null,
    roles,
    secret: asApp.secret,
    address: async ({ state, verifier }, redirect) =>
      loginAddress(asApp, { redirect, state, challenge: challengeOf(verifier) }),
    person: async ({ verifier }, redirect, came) => {
      const { http } = app.outside();
      const code = came.searchParams.get('code') ?? '';
      const proxy = app.proxy(name).address;
      const answer = await userBy({ app: asApp, http, proxy }, { code, redirect, verifier });
      if (answer.is === 'unreached')
        throw failure(webWords, 'login-unreached', { why: answer.why.slice(0, 300) }, { status: 1 });
      if (answer.is === 'refused')
        throw failure(
          webWords,
          'login-refused',
          { why: `${answer.code ?? ''} ${answer.why}`.trim().slice(0, 300) },
          { status: 2 },
        );
      const { openId, name: called, unionId, userId, enterpriseEmail } = answer.user;
      const others = [unionId, userId, enterpriseEmail].filter((id) => id !== null);
      return { way: 'feishu', subject: openId, shown: shownAs(called, openId), identities: [openId, ...others] };
    },
  };
};

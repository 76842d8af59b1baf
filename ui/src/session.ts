import { createContext, useContext } from 'react';
import { ask, type Session } from './api.ts';

/** Roles in order: each may what those before it may. */
const ROLES = ['viewer', 'operator', 'admin'] as const;

export const SessionContext = createContext<Session | null>(null);
export const useSession = (): Session => {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('nobody is logged in');
  return session;
};
export const useMay = (needs: (typeof ROLES)[number]): boolean =>
  ROLES.indexOf(useSession().role) >= ROLES.indexOf(needs);

export const logIn = (token: string): Promise<Session> =>
  ask<Session>('/api/session', { method: 'POST', body: { token } });

const tokenHere = (): string | null => new URLSearchParams(location.hash.slice(1)).get('token');
export const hasToken = (): boolean => tokenHere() !== null;

/** The ready link of the first start ends in `#token=…`: it is taken, and leaves the address bar. */
export const tokenInAddress = (): string | null => {
  const token = tokenHere();
  if (token !== null) history.replaceState(null, '', location.pathname + location.search);
  return token;
};

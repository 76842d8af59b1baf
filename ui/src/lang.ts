import { createContext, useContext } from 'react';

export type Lang = 'zh' | 'en';
/** A sentence in both languages. */
export type Text = Readonly<Record<Lang, string>>;

const KEPT = 'larkcron-lang';
let lang: Lang = localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh';

/** What somebody chose in this browser; null: nobody did. */
export const chosenLang = (): Lang | null => {
  const kept = localStorage.getItem(KEPT);
  return kept === 'zh' || kept === 'en' ? kept : null;
};
export const currentLang = (): Lang => lang;
export const setLang = (next: Lang, keep: boolean): void => {
  lang = next;
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
  if (keep) localStorage.setItem(KEPT, next);
};

export const LangContext = createContext<Lang>('zh');
/** `say({ zh, en })` in the language of the page. */
export const useSay = (): ((text: Text) => string) => {
  const current = useContext(LangContext);
  return (text) => text[current];
};

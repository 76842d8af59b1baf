export type Theme = 'light' | 'dark';
const KEPT = 'larkcron-theme';
const system = matchMedia('(prefers-color-scheme: dark)');

/** What was chosen in this browser, else what the system has. */
export const startTheme = (): Theme => {
  const kept = localStorage.getItem(KEPT);
  return kept === 'light' || kept === 'dark' ? kept : system.matches ? 'dark' : 'light';
};

/** Semi looks at `theme-mode`, drawn cards at `color-scheme`. */
export const applyTheme = (theme: Theme, keep: boolean): void => {
  document.body.setAttribute('theme-mode', theme);
  document.documentElement.style.colorScheme = theme;
  if (keep) localStorage.setItem(KEPT, theme);
  // charts in cards are drawn anew for the other light
  void window.drawCharts?.();
};

declare global {
  interface Window {
    drawCharts?: () => Promise<unknown>;
  }
}

import { apiDescription, apiPage } from './api-page.ts';
import { cardsPages } from './cards-pages.ts';
import { commandsPage } from './commands-page.ts';
import { errorsPage } from './errors-page.ts';
import { settingsPage } from './settings-page.ts';

const whole: Readonly<Record<string, () => string>> = {
  'docs/reference/api.md': apiPage,
  'docs/reference/openapi.json': apiDescription,
  'docs/reference/commands.md': commandsPage,
  'docs/reference/errors.md': errorsPage,
  'docs/reference/settings.md': settingsPage,
};

/** Every generated page by its file. */
export const pages = async (): Promise<Readonly<Record<string, string>>> => ({
  ...Object.fromEntries(Object.entries(whole).map(([file, page]) => [file, page()])),
  ...(await cardsPages()),
});

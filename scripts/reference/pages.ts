import { commandsPage } from './commands-page.ts';
import { errorsPage } from './errors-page.ts';
import { settingsPage } from './settings-page.ts';

/** Every generated page by its file. */
export const PAGES: Readonly<Record<string, () => string>> = {
  'docs/reference/commands.md': commandsPage,
  'docs/reference/errors.md': errorsPage,
  'docs/reference/settings.md': settingsPage,
};

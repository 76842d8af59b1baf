import type { Project } from '../config/load.ts';
import { badSettings } from '../config/load.ts';
import { resolveRefs } from '../config/recipients.ts';
import { failure, type Problem } from '../model/errors.ts';
import { parseRecipient, type Recipient } from '../model/recipient.ts';
import { cliWords } from './words.ts';

/** Recipients from the command line: an address, a name from the settings, or `me`, the owner. */
export const recipientsFrom = (written: readonly string[], project: Project): readonly Recipient[] => {
  const problems: Problem[] = [];
  const refs = written.flatMap((value) => {
    if (value === 'me') {
      if (project.settings.owner === null) throw failure(cliWords, 'no-owner', undefined, { status: 2 });
      return [{ at: null, recipient: project.settings.owner }];
    }
    const recipient = parseRecipient(value);
    return [recipient === null ? { at: null, name: value } : { at: null, recipient }];
  });
  const recipients = resolveRefs(refs, project.file.groups, { problems, webhooks: new Map(project.webhooks) });
  if (problems.length > 0) throw badSettings(problems);
  return recipients;
};

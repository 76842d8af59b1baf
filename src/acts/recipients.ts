import type { Project } from '../config/load.ts';
import { resolveRefs } from '../config/recipients.ts';
import { failure, LarkcronError, type Problem } from '../model/errors.ts';
import { parseRecipient, type Recipient } from '../model/recipient.ts';
import { actWords } from './words.ts';

/** Recipients from the command line: an address, a name from the settings, or `me`, the owner. */
export const recipientsFrom = (written: readonly string[], project: Project): readonly Recipient[] => {
  const problems: Problem[] = [];
  const refs = written.flatMap((value) => {
    if (value === 'me') {
      if (project.settings.owner === null) throw failure(actWords, 'no-owner', undefined, { status: 2 });
      return [{ at: null, recipient: project.settings.owner }];
    }
    const recipient = parseRecipient(value);
    return [recipient === null ? { at: null, name: value } : { at: null, recipient }];
  });
  const recipients = resolveRefs(refs, project.file.groups, { problems, webhooks: new Map(project.webhooks) });
  const [first] = problems;
  // what is wrong stands on the command line, not in the settings
  if (first !== undefined) throw new LarkcronError(first.code, first, { status: 2, problems });
  return recipients;
};

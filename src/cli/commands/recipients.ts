import { addressIn, findPerson, groupsLike, listGroups } from '../../acts/find-people.ts';
import { peopleWords } from '../../acts/people-words.ts';
import { configWords } from '../../config/words.ts';
import { patient } from '../../doctor/patient.ts';
import { failure } from '../../model/errors.ts';
import { nearest } from '../../model/nearest.ts';
import { own } from '../../model/own.ts';
import { type Act, text } from '../command.ts';

/**
 * `larkcron recipients`: the ids that `to` takes. A whole e-mail address or mobile number finds a person; anything else
 * is a part of a group's name, or its id. Exit 1 when nothing is found.
 */
export const recipients: Act = async ({ args, options }, context) => {
  const { out, clock, signal } = context;
  const app = await context.app(context.project([]));
  const { apps } = app.project.settings;
  const names = Object.keys(apps);
  const name = text(options, 'app') ?? (names.includes('default') ? 'default' : (names[0] ?? 'default'));
  const used = own(apps, name);
  const client = app.feishu(name);
  if (used === undefined || client === null)
    throw failure(configWords, 'unknown-app', { name, suggestion: nearest(name, names) }, { status: 2 });
  const feishu = patient(client, clock, signal);

  const query = args[0]?.trim() ?? '';
  const address = addressIn(query);
  if (address !== null) {
    const id = await findPerson(feishu, used, address);
    out.result(`${id}  ${query}`);
    out.data({ app: name, groups: [], people: [{ id, [address.kind]: address.id }] });
    return 0;
  }
  const all = await listGroups(feishu, used);
  const groups = query === '' ? all : groupsLike(all, query);
  if (groups.length === 0 && query !== '') throw failure(peopleWords, 'no-group-found', { query });
  if (groups.length === 0)
    out.note(
      out.say({
        zh: '机器人还不在任何群里:在群设置里添加它。找人:larkcron recipients 邮箱或手机号',
        en: 'The bot is in no group yet: add it in the settings of a group. People: larkcron recipients E-MAIL-OR-MOBILE',
      }),
    );
  const outside = out.say({ zh: '(外部群)', en: ' (external)' });
  for (const each of groups) out.result(`${each.id}  ${each.name}${each.external ? outside : ''}`);
  out.data({ app: name, groups, people: [] });
  return 0;
};

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Finding } from '../../src/doctor/finding.ts';
import type { Addressed } from '../../src/doctor/plan.ts';
import {
  addressFinding,
  departmentFinding,
  groupFinding,
  type Heard,
  lookUpRefusal,
  peopleNotAsked,
  personFinding,
  unaskable,
} from '../../src/doctor/recipients.ts';
import type { Group } from '../../src/feishu/chats.ts';
import type { Recipient } from '../../src/model/recipient.ts';
import { APP, done, refused, said, to } from './fixture.ts';

const addressed = (written: string, owner = false): Addressed => ({ recipient: to(written), owner, jobs: ['a'] });
const brief = ({ status, code }: Finding): string => `${status} ${code}`;

describe('a group', () => {
  const OPEN: Group = { name: 'G', status: 'normal', speakers: 'all_members', ownedByBot: false, botManagers: [] };
  const OWNERS: Group = { ...OPEN, speakers: 'only_owner' };
  for (const [what, member, group, expected] of [
    ['all may speak', true, OPEN, 'ok group-reachable'],
    ['the bot is not in it: only name and status are told', false, { ...OPEN, speakers: null }, 'fault not-in-group'],
    ['dissolved', false, { ...OPEN, status: 'dissolved' }, 'fault group-dissolved'],
    ['dissolved and kept', true, { ...OPEN, status: 'dissolved_save' }, 'fault group-dissolved'],
    ['only the owner speaks', true, OWNERS, 'fault may-not-speak'],
    ['and this bot is an administrator', true, { ...OWNERS, botManagers: ['cli_x', APP.id] }, 'ok group-reachable'],
    ['and another bot is', true, { ...OWNERS, botManagers: ['cli_x'] }, 'fault may-not-speak'],
    ['and some bot owns it', true, { ...OWNERS, ownedByBot: true }, 'warning perhaps-may-not-speak'],
    ['those on a list speak', true, { ...OPEN, speakers: 'moderator_list' }, 'warning perhaps-may-not-speak'],
  ] as const)
    it(what, () =>
      assert.equal(brief(groupFinding(APP, addressed('oc_g'), done(member), done(group as Group))), expected),
    );

  it('that cannot be asked about for want of a scope', () => {
    const found = groupFinding(APP, addressed('oc_g'), refused(99991672), refused(99991672));
    assert.equal(brief(found), 'skipped needs-scope');
    assert.match(found.link ?? '', /scopes=im%3Achat%3Areadonly$/);
  });
  it('of which an outsider is told nothing', () =>
    assert.equal(brief(groupFinding(APP, addressed('oc_g'), done(false), refused(232011))), 'fault not-in-group'));
  it('whose id is wrong', () => {
    const found = groupFinding(APP, addressed('oc_g'), refused(232006), refused(232006));
    assert.deepEqual(
      [brief(found), found.feishuCode, found.subject, found.jobs],
      ['fault refused', 232006, 'oc_g', ['a']],
    );
  });
});

describe('a person', () => {
  for (const [heard, found, expected] of [
    ['available', false, 'ok person-available'],
    ['outside', false, 'fault person-outside'],
    ['denied', true, 'fault person-denied'],
    [null, false, 'skipped person-unsaid'],
    [said(99991672), false, 'skipped needs-scope'],
    [said(99991672), true, 'ok person-found'],
    [said(99992361), false, 'fault refused'],
    [said(99991403), false, 'fault quota-over'],
    [said(99991400, { http: 429 }), false, 'warning limited'],
    [{ is: 'lost', why: 'reset' }, false, 'fault unreachable'],
  ] as const satisfies readonly (readonly [Heard, boolean, string])[])
    it(`${JSON.stringify(heard)} ${found}`, () =>
      assert.equal(brief(personFinding(APP, addressed('ou_a'), heard, { found })), expected));

  it('who is an owner is a check of its own', () => {
    assert.equal(personFinding(APP, addressed('ou_a'), 'outside', { found: false }).check, 'recipient');
    assert.equal(personFinding(APP, addressed('ou_a', true), 'outside', { found: false }).check, 'owner');
  });
  it('many who could not be asked are one finding', () => {
    const found = peopleNotAsked(APP, [addressed('ou_a'), addressed('ou_b')]);
    assert.deepEqual([brief(found), found.jobs], ['skipped people-not-asked', ['a']]);
    assert.match(found.message.en, /2 of the recipients/);
  });
});

describe('an address', () => {
  const found = (known: Parameters<typeof addressFinding>[2]) => {
    const one = addressFinding(APP, addressed('ann@example.com'), known);
    return one === null ? null : brief(one);
  };
  it('of somebody', () => assert.equal(found({ openId: 'ou_a', left: false }), null));
  it('of nobody', () => assert.equal(found({ openId: null, left: false }), 'fault person-unknown'));
  it('that is not in the answer', () => assert.equal(found(undefined), 'fault person-unknown'));
  it('of somebody who left', () => assert.equal(found({ openId: 'ou_a', left: true }), 'fault person-left'));

  it('that cannot be looked up can be written to, a number cannot', () => {
    const without = (written: string, code: number) => brief(lookUpRefusal(APP, addressed(written), said(code)));
    assert.equal(without('ann@example.com', 99991672), 'skipped refused');
    assert.equal(without('mobile:138', 99991672), 'fault refused');
    assert.equal(without('ann@example.com', 99991403), 'fault quota-over');
  });
});

describe('a department', () => {
  const of = (people: readonly string[], heard: Heard[]) =>
    departmentFinding(APP, addressed('department:od-1'), done(people), heard);
  it('of people', () => assert.equal(brief(of(['ou_a', 'ou_b'], ['available', null])), 'ok department-reachable'));
  it('of nobody', () => assert.equal(brief(of([], [])), 'warning department-empty'));
  it('some of whom are outside', () => {
    const found = of(['ou_a', 'ou_b', 'ou_c'], ['available', 'outside', 'denied']);
    assert.equal(brief(found), 'fault department-partly');
    assert.match(found.message.en, /Of the 3 people.* 2 are outside.*: ou_b, ou_c$/);
  });
  it('outside the contact range', () =>
    assert.equal(brief(departmentFinding(APP, addressed('department:od-1'), refused(40004), [])), 'fault refused'));
});

it('somebody of a kind that can only be written to', () => {
  const recipient = { shown: 'webhook:ops', idType: 'webhook', id: 'x' } as unknown as Recipient;
  const found = unaskable(APP, { recipient, owner: false, jobs: [] });
  assert.equal(brief(found), 'skipped cannot-be-asked');
  assert.equal(found.hint?.en, 'Try it with larkcron run JOB --to webhook:ops.');
});

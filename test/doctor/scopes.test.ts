import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NEEDS, scopeFindings, type Use, usesOf } from '../../src/doctor/scopes.ts';
import { USE_WORDS } from '../../src/doctor/words.ts';
import type { Job } from '../../src/model/job.ts';
import { APP, jobOf } from './fixture.ts';

const ALWAYS: readonly Use[] = ['send', 'recall', 'look-in-chats'];

describe('what a job asks of Feishu beyond sending', () => {
  for (const [recipients, more] of [
    [['ou_a'], []],
    [['on_a'], []],
    [['oc_g'], ['look-in-groups']],
    [['ann@example.com'], []],
    [['ann@example.com', 'ou_a'], ['look-up-emails']],
    [['mobile:+8613800000001'], ['look-up-mobiles']],
    [['department:od-1'], ['departments']],
    [['user_id:4d7a3c6g'], ['user-ids']],
  ] as const)
    it(recipients.join(', '), () =>
      assert.deepEqual(usesOf(jobOf('a', recipients)).sort(), [...ALWAYS, ...more].sort()),
    );

  it('an image, in a card or as the message, is uploaded', () => {
    const card = (block: string) => ({ kind: 'card', card: { body: [{ block: 'divider' }, { block }] } });
    for (const message of [{ kind: 'image' }, { kind: 'file' }, card('image')] as unknown as Job['message'][])
      assert.ok(usesOf(jobOf('a', ['ou_a'], { message })).includes('upload'), JSON.stringify(message));
    const message = card('markdown') as unknown as Job['message'];
    assert.ok(!usesOf(jobOf('a', ['ou_a'], { message })).includes('upload'));
  });
});

describe('the scopes of a use', () => {
  const codesWith = (use: Use, granted: readonly string[]) =>
    scopeFindings(APP, new Map([[use, ['a']]]), new Set(granted)).map(({ status, code }) => `${status} ${code}`);

  for (const use of Object.keys(USE_WORDS) as Use[]) {
    const { anyOf, without } = NEEDS[use];
    it(`${use}: any one of ${anyOf.join(', ')}, else a ${without}`, () => {
      for (const scope of anyOf) assert.deepEqual(codesWith(use, [scope]), ['ok scopes-granted']);
      assert.deepEqual(codesWith(use, ['im:chat']), [`${without} scope-missing`]);
    });
  }

  it('one that several uses lack is asked for once, for the gravest', () => {
    const uses = new Map<Use, string[]>([
      ['look-up-mobiles', ['b']],
      ['look-up-emails', ['a', 'b']],
    ]);
    const found = scopeFindings(APP, uses, new Set());
    assert.deepEqual(
      found.map(({ status, subject, jobs }) => [status, subject, jobs]),
      [['fault', 'contact:user.id:readonly', ['b', 'a']]],
    );
  });

  it('each missing one comes with the jobs that need it and the page that grants it', () => {
    const uses = new Map<Use, string[]>([
      ['send', ['a', 'b']],
      ['look-up-mobiles', ['b']],
    ]);
    const found = scopeFindings(APP, uses, new Set(['im:message']));
    assert.deepEqual(
      found.map(({ subject, jobs, link }) => [subject, jobs, link]),
      [
        [
          'contact:user.id:readonly',
          ['b'],
          'https://open.feishu.cn/page/scope-apply?clientID=cli_a&scopes=contact%3Auser.id%3Areadonly',
        ],
      ],
    );
  });
});

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { planOf } from '../../src/doctor/plan.ts';
import type { Job } from '../../src/model/job.ts';
import type { OnFailure } from '../../src/model/on-failure.ts';
import type { Settings } from '../../src/model/settings.ts';
import { APP, jobOf, OTHER, settingsOf, to } from './fixture.ts';

const planned = (jobs: readonly Job[], settings: Settings) =>
  planOf(jobs, settings).map(({ app, uses, recipients }) => ({
    app: app.name,
    sends: uses.get('send'),
    to: recipients.map(({ recipient, owner, jobs: of }) => `${recipient.shown}${owner ? '*' : ''} ${of.join('+')}`),
  }));

it('a recipient of several jobs is asked for once, e-mail addresses whatever their case', () => {
  const jobs = [jobOf('a', ['ou_a', 'Ann@example.com']), jobOf('b', ['ann@example.com', 'ou_a'])];
  assert.deepEqual(planned(jobs, settingsOf(null)), [
    { app: 'default', sends: ['a', 'b'], to: ['ou_a a+b', 'Ann@example.com a+b'] },
  ]);
});

it('the owner is a recipient of each app that may have to tell of a failure', () => {
  const jobs = [jobOf('a', ['ou_a']), jobOf('b', ['ou_owner'], { app: 'other' })];
  assert.deepEqual(planned(jobs, settingsOf('ou_owner', [APP, OTHER])), [
    { app: 'default', sends: ['a'], to: ['ou_a a', 'ou_owner* '] },
    { app: 'other', sends: ['b'], to: ['ou_owner* b'] },
  ]);
});

it('a job’s own owner comes before that of the settings', () => {
  assert.deepEqual(planned([jobOf('a', ['ou_a'], { owner: to('ou_mine') })], settingsOf('ou_owner'))[0]?.to, [
    'ou_a a',
    'ou_mine* ',
  ]);
});

it('who hears of failures is asked about by each app that would tell them', () => {
  const onFailure: OnFailure = {
    notify: [to('ops@example.com')],
    after: 1,
    remind: null,
    via: { at: null, is: 'app', app: 'other' },
  };
  assert.deepEqual(planned([jobOf('a', ['ou_a'], { onFailure })], settingsOf(null, [APP, OTHER])), [
    { app: 'default', sends: ['a'], to: ['ou_a a', 'ops@example.com* '] },
    { app: 'other', sends: [], to: ['ops@example.com* '] },
  ]);
});

it('an app that nobody uses is left alone; without jobs the owner’s app is asked', () => {
  assert.deepEqual(
    planned([jobOf('a', ['ou_a'])], settingsOf(null, [APP, OTHER])).map(({ app }) => app),
    ['default'],
  );
  assert.deepEqual(planned([], settingsOf('ou_owner', [OTHER, APP])), [
    { app: 'default', sends: [], to: ['ou_owner* '] },
  ]);
  assert.deepEqual(planned([], settingsOf(null)), [{ app: 'default', sends: [], to: [] }]);
});

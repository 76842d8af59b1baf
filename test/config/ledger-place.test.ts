import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { placeOf } from '../../src/config/ledger-place.ts';

const is = (value: string) => placeOf(value, '/project')?.is ?? null;

describe('where a ledger is', () => {
  for (const url of [
    'postgres://larkcron:p%2Fa%3Fs%23s%25@db.example.com/ops',
    'postgres://larkcron:p@ss@db.example.com/ops',
    'postgres://larkcron:密码@db.example.com:5432/ops?sslmode=no-verify',
    'postgres://db.example.com/ops?user=larkcron@tenant',
    'postgres:///ops?host=/var/run/postgresql',
    'postgresql://larkcron@%2Fvar%2Frun%2Fpostgresql/ops',
  ])
    it(`${url} is an address`, () => assert.equal(is(url), 'postgres'));

  // the driver would ask for another host, and messages would show what comes after the mark
  for (const url of [
    'postgres://larkcron:123/secret@db.example.com/ops',
    'postgres://larkcron:123?secret@db.example.com/ops',
    'postgres://larkcron:123#secret@db.example.com/ops',
    'postgres://larkcron:a@b/secret@db.example.com/ops',
    'postgres://larkcron:a@b#secret@db.example.com/ops',
    'postgres://larkcron:se%cret@db.example.com/ops',
  ])
    it(`${url} is none: its password is not written as addresses have it`, () => assert.equal(is(url), null));
});

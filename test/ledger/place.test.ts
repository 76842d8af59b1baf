import assert from 'node:assert/strict';
import { statfsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { checkKind, checkRoom } from '../../src/ledger/sqlite/place.ts';
import { LarkcronError } from '../../src/model/errors.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MB = 1024 * 1024;
const codeOf = (act: () => void): string | null => {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof LarkcronError ? error.code : 'bug';
  }
};
const disk = { type: 0xef53, bsize: 4096, bavail: (64 * MB) / 4096 };

describe('where a ledger may be', () => {
  for (const [what, type, code] of [
    ['ext4', 0xef53, null],
    ['tmpfs', 0x01021994, null],
    ['overlay', 0x794c7630, null],
    ['NFS', 0x6969, 'ledger-on-network'],
    ['CIFS, whose number has the highest bit', 0xff534d42, 'ledger-on-network'],
    ['CIFS, as a signed number', 0xff534d42 | 0, 'ledger-on-network'],
    ['SMB2', 0xfe534d42, 'ledger-on-network'],
  ] as const) {
    it(what, () =>
      assert.equal(
        codeOf(() => checkKind('/x/ledger.db', { ...disk, type })),
        code,
      ),
    );
  }
  it('with 64 MB left there is room, with a block less there is none', () => {
    assert.equal(
      codeOf(() => checkRoom('/x/ledger.db', disk)),
      null,
    );
    assert.equal(
      codeOf(() => checkRoom('/x/ledger.db', { ...disk, bavail: disk.bavail - 1 })),
      'ledger-disk-full',
    );
  });
  it('asks the file system itself', () => {
    const file = `${temporaryFolder()}/ledger.db`;
    assert.equal(
      codeOf(() => checkKind(file)),
      null,
    );
    const { bsize, bavail } = statfsSync(temporaryFolder());
    assert.equal(
      codeOf(() => checkRoom(file)),
      bsize * bavail < 64 * MB ? 'ledger-disk-full' : null,
    );
  });
});

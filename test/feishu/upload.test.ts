import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isImage } from '../../src/base/file-type.ts';
import { uploadType } from '../../src/feishu/upload.ts';

const hex = (digits: string): Uint8Array => Buffer.from(digits.padEnd(128, '0'), 'hex');
const ZIP = '504b0304';
const OLE = 'd0cf11e0a1b11ae1';

describe('file_type, by what the file holds', () => {
  for (const [name, head, type] of [
    ['report.pdf', '255044462d312e37', 'pdf'],
    ['pdf without its ending', '255044462d312e37', 'pdf'],
    ['renamed.pdf', '89504e470d0a1a0a', 'stream'],
    ['clip.mp4', '0000001866747970' + '6d703432', 'mp4'],
    ['voice.opus', `4f676753${'00'.repeat(24)}4f70757348656164`, 'opus'],
    ['music.ogg', `4f676753${'00'.repeat(24)}01766f72626973`, 'stream'],
    ['table.xlsx', ZIP, 'xls'],
    ['table.xls', OLE, 'xls'],
    ['letter.docx', ZIP, 'doc'],
    ['slides.ppt', OLE, 'ppt'],
    ['files.zip', ZIP, 'stream'],
    ['text.xlsx', Buffer.from('a,b').toString('hex'), 'stream'],
    ['data.csv', 'efbbbf61', 'stream'],
  ] as const) {
    it(`${name} is ${type}`, () => assert.equal(uploadType({ name, bytes: hex(head) }), type));
  }
});

describe('images, by their first bytes', () => {
  for (const [what, head, is] of [
    ['PNG', '89504e470d0a1a0a', true],
    ['JPEG', 'ffd8ffe0', true],
    ['GIF', '474946383961', true],
    ['WEBP', '52494646aabbccdd57454250', true],
    ['BMP', '424d', true],
    ['ICO', '00000100', true],
    ['TIFF, both ways round', '4d4d002a', true],
    ['HEIC', '00000018667479706865696300000000', true],
    ['MP4 is none', '000000186674797069736f6d', false],
    ['SVG is none', Buffer.from('<svg').toString('hex'), false],
    ['a sound in RIFF is none', '52494646aabbccdd57415645', false],
  ] as const) {
    it(what, () => assert.equal(isImage(hex(head)), is));
  }
});

import type { Words } from '../model/errors.ts';
import type { Text } from '../model/text.ts';

/** What is wrong in a ledger: its file is damaged, or rows belong to nothing. */
export interface LedgerFault {
  readonly code: 'damaged' | 'orphans';
  /** SQLite's own words, or a table and how many */
  readonly what: string;
}

export const faultInWords = ({ code, what }: LedgerFault): Text =>
  code === 'damaged'
    ? { zh: `文件损坏:${what}。用备份换下它。`, en: `the file is damaged: ${what}. Put a backup in its place.` }
    : { zh: `有不属于任何运行的行:${what}。请告诉我们。`, en: `rows that belong to nothing: ${what}. Please tell us.` };

export const ledgerWords = {
  'backup-exists': (p: { file: string }) => ({
    message: { zh: `${p.file} 已经存在,没有备份。`, en: `${p.file} is there already; nothing was backed up.` },
    hint: { zh: '换一个文件名。', en: 'Name another file.' },
  }),
  'guard-hour': (p: { people: number; before: number; most: number }) => ({
    message: {
      zh: `一小时内手动发给的收件人会到 ${p.before + p.people} 个,guard.maxPerHour 最多 ${p.most} 个;没有发送。`,
      en: `With this one ${p.before + p.people} recipients would be addressed by hand within an hour, guard.maxPerHour allows ${p.most}; nothing was sent.`,
    },
    hint: {
      zh: '等一等再发;确实需要就改大 larkcron.yaml 里的 guard.maxPerHour。',
      en: 'Wait and send it later; if it is meant, set a higher guard.maxPerHour in larkcron.yaml.',
    },
  }),
  'copy-not-empty': () => ({
    message: { zh: '目标账本里已经有别的运行。', en: 'The target has runs of another ledger already.' },
    hint: { zh: '换一个空的库、schema 或文件。', en: 'Take an empty database, schema or file.' },
  }),
  'copy-same': () => ({
    message: { zh: '来源和目标是同一本账。', en: 'Source and target are one ledger.' },
  }),
  'copy-in-use': () => ({
    message: { zh: '来源账本还有 larkcron start 在用。', en: 'A larkcron start is at work on the source.' },
    hint: { zh: '先停下它和 crontab 里的 tick,再复制。', en: 'Stop it, and tick in the crontab, then copy.' },
  }),
  'copy-differs': (p: { table: string }) => ({
    message: { zh: `复制后 ${p.table} 两边不一样。`, en: `After copying, ${p.table} is not the same on both sides.` },
    hint: {
      zh: '其中一边在复制时或复制后又写过。什么都没有覆盖:都停下,换一个空的库、schema 或文件,再复制一次。',
      en: 'One of them went on meanwhile, or since an earlier copy; nothing was overwritten. Stop all of it, take an empty database, schema or file, and copy again.',
    },
  }),
  'backup-by-database': (p: { where: string; schema: string }) => ({
    message: {
      zh: `账本在 ${p.where} 里,由数据库的备份保管。`,
      en: `The ledger is in ${p.where}, and is kept by the backups of that database.`,
    },
    hint: { zh: `只要这一份:pg_dump --schema=${p.schema}`, en: `To have it alone: pg_dump --schema=${p.schema}` },
  }),
  'backup-failed': (p: { file: string; why: string }) => ({
    message: { zh: `没能备份到 ${p.file}:${p.why}`, en: `Backing up to ${p.file} failed: ${p.why}` },
    hint: { zh: '检查那个文件夹和磁盘空间。', en: 'Check that folder and the room on its disk.' },
  }),
  'ledger-locked': (p: { file: string }) => ({
    message: { zh: `账本 ${p.file} 一直被占用。`, en: `The ledger ${p.file} stays locked.` },
    hint: {
      zh: '看看是否有别的程序(例如备份、sqlite3)一直打开着它。',
      en: 'Look for another program (a backup, sqlite3) that keeps it open.',
    },
  }),
  'ledger-newer': (p: { file: string; has: number; knows: number }) => ({
    message: {
      zh: `账本 ${p.file} 由更新版本的 larkcron 写成(结构 ${p.has},本程序只认到 ${p.knows})。`,
      en: `The ledger ${p.file} was written by a newer larkcron (schema ${p.has}; this program knows ${p.knows}).`,
    },
    hint: { zh: '升级 larkcron。', en: 'Upgrade larkcron.' },
  }),
  'ledger-unusable': (p: { file: string; why: string }) => ({
    message: { zh: `账本 ${p.file} 用不了:${p.why}`, en: `The ledger ${p.file} cannot be used: ${p.why}` },
    hint: { zh: '检查路径、权限和磁盘空间。', en: 'Check its path, its permissions and the disk.' },
  }),
  'ledger-damaged': (p: { file: string; why: string }) => ({
    message: { zh: `账本 ${p.file} 坏了:${p.why}`, en: `The ledger ${p.file} is damaged: ${p.why}` },
    hint: {
      zh: '先停掉 larkcron,再换上一份备份(larkcron ledger backup);没有备份就把它(连同 -wal、-shm)移开,larkcron 会新建一本,历史和记得的东西就没有了。检查磁盘。',
      en: 'Stop larkcron and put a backup in its place (larkcron ledger backup). Without one, move it away with its -wal and -shm: a new ledger is begun, history and what was remembered are lost. Check the disk.',
    },
  }),
  'ledger-refused': (p: { where: string; why: string }) => ({
    message: { zh: `账本 ${p.where} 不让用:${p.why}`, en: `The ledger ${p.where} refuses: ${p.why}` },
    hint: {
      zh: '检查 ledger 里的用户、密码和库名;这个用户要能在库里建 schema(grant create on database)。',
      en: 'Check user, password and database in `ledger`; the user has to be able to create a schema there (grant create on database).',
    },
  }),
  'ledger-tls': (p: { where: string; why: string }) => ({
    message: {
      zh: `和账本 ${p.where} 没能建立加密连接:${p.why}`,
      en: `No encrypted connection to the ledger ${p.where}: ${p.why}`,
    },
    hint: {
      zh: '地址后面写 ?sslmode=verify-full(自己的 CA 加 &sslrootcert=路径);只加密、不查证书是 no-verify,不加密是 disable。',
      en: 'After the address ?sslmode=verify-full (with a CA of your own &sslrootcert=PATH); no-verify encrypts without looking at the certificate, disable does not encrypt.',
    },
  }),
  'pool-of-statements': (p: { where: string }) => ({
    message: {
      zh: `${p.where} 前面的 PgBouncer 是 statement 模式,没有事务,账本不能用。`,
      en: `PgBouncer before ${p.where} is in statement mode, which has no transactions: no ledger can be kept there.`,
    },
    hint: { zh: '改成 pool_mode = transaction。', en: 'Set pool_mode = transaction.' },
  }),
  'server-too-old': (p: { where: string; has: number; needs: number }) => ({
    message: {
      zh: `${p.where} 是 PostgreSQL ${p.has},账本需要 ${p.needs} 或更新。`,
      en: `${p.where} is PostgreSQL ${p.has}; the ledger needs ${p.needs} or newer.`,
    },
    hint: { zh: '升级数据库,或换一台。', en: 'Upgrade the database, or use another.' },
  }),
  'database-encoding': (p: { where: string; encoding: string }) => ({
    message: {
      zh: `${p.where} 的编码是 ${p.encoding},存不下所有文字,账本不能放在那里。`,
      en: `${p.where} is encoded in ${p.encoding}, which does not have all characters: no ledger can be kept there.`,
    },
    hint: {
      zh: "新建一个库:create database ops encoding 'UTF8' template template0",
      en: "Make another database: create database ops encoding 'UTF8' template template0",
    },
  }),
  'ledger-away': (p: { where: string; why: string; seconds: number }) => ({
    message: {
      zh: `账本 ${p.where} 连不上,等了 ${p.seconds} 秒:${p.why}`,
      en: `The ledger ${p.where} cannot be reached; waited ${p.seconds} s: ${p.why}`,
    },
    hint: {
      zh: '检查数据库是否在运行、地址和网络。',
      en: 'Check that the database runs, its address and the network.',
    },
  }),
  'ledger-gone': (p: { file: string }) => ({
    message: {
      zh: `账本 ${p.file} 在使用中被删除或替换了。`,
      en: `The ledger ${p.file} was deleted or replaced while in use.`,
    },
    hint: {
      zh: '重新启动 larkcron;从备份恢复账本,以免重复发送。',
      en: 'Start larkcron again; bring the ledger back from a backup, so that nothing is sent twice.',
    },
  }),
  'ledger-on-network': (p: { file: string; kind: string }) => ({
    message: {
      zh: `账本 ${p.file} 在网络文件系统(${p.kind})上,那里的锁靠不住。`,
      en: `The ledger ${p.file} is on a network file system (${p.kind}), where locks cannot be relied on.`,
    },
    hint: {
      zh: '在 larkcron.yaml 的 ledger 里写本机磁盘上的路径。',
      en: 'Give `ledger` in larkcron.yaml a path on a local disk.',
    },
  }),
  'ledger-disk-full': (p: { file: string; free: number }) => ({
    message: {
      zh: `账本 ${p.file} 所在的磁盘只剩 ${p.free} MB,什么都没有开始发。`,
      en: `The disk of the ledger ${p.file} has ${p.free} MB left; nothing was begun.`,
    },
    hint: { zh: '腾出至少 64 MB。', en: 'Free at least 64 MB.' },
  }),
  'sqlite-too-old': (p: { has: string; needs: string }) => ({
    message: {
      zh: `这个 Node.js 带的 SQLite 是 ${p.has},太旧(须 ${p.needs} 以上)。`,
      en: `This Node.js brings SQLite ${p.has}; ${p.needs} or newer is needed.`,
    },
    hint: {
      zh: '升级 Node.js:旧版 SQLite 的 WAL 有损坏数据的缺陷。',
      en: 'Upgrade Node.js: older SQLite can corrupt a file in WAL mode.',
    },
  }),
  'bad-cursor': () => ({
    message: { zh: 'cursor 不是这个列表给出的。', en: 'The cursor is none that this list gave.' },
    hint: { zh: '原样使用上一页的 next,或从头开始。', en: 'Use `next` of the page before as it is, or begin anew.' },
  }),
} satisfies Words;

import type { Words } from '../model/errors.ts';
import type { Text } from '../model/text.ts';

const sec = (ms: number): string => `${ms / 1_000} s`;

export const sourceWords = {
  // Feishu's own words on the refusal say what to do
  'document-refused': (p: { what: string; why: Text }) => ({
    message: { zh: `飞书没有给出 ${p.what}:${p.why.zh}`, en: `Feishu does not hand over ${p.what}: ${p.why.en}` },
    hint: {
      zh: '权限之外,还要在文档右上角「…」→「更多」→「添加文档应用」里加上这个应用;知识库里的文档,把应用加为知识库成员。',
      en: 'Beside its scopes the app needs the document itself: “…” → “More” → “Add document app” there; for a wiki, make the app a member.',
    },
  }),
  'document-later': (p: { what: string; code: number | null; why: Text }) => ({
    message: {
      zh: `暂时取不到 ${p.what}:${p.why.zh}`,
      en: `${p.what} cannot be had for now: ${p.why.en}`,
    },
    hint: { zh: '稍后会再试。', en: 'It is tried again later.' },
  }),
  'document-broken-off': (p: { what: string }) => ({
    message: {
      zh: `${p.what} 的列表没有完,飞书却没有给下一页。`,
      en: `The list of ${p.what} breaks off: Feishu gave no next page.`,
    },
    hint: { zh: '再运行一次;一直如此请告诉我们。', en: 'Run it again; if it stays so, tell us.' },
  }),
  'wiki-other': (p: { token: string; kind: string; wanted: string }) => ({
    message: {
      zh: `知识库节点 ${p.token} 是 ${p.kind},不是 ${p.wanted}。`,
      en: `The wiki node ${p.token} is a ${p.kind}, not a ${p.wanted}.`,
    },
    hint: { zh: '多维表格用 bitable,电子表格用 sheet。', en: 'A base is read by `bitable`, a spreadsheet by `sheet`.' },
  }),
  'bitable-table': (p: { table: string | null; known: readonly string[]; suggestion: string | null }) => ({
    message:
      p.table === null
        ? {
            zh: '这个多维表格有不止一张数据表(或没有),要写 table。',
            en: 'The base has not exactly one table: write `table`.',
          }
        : { zh: `多维表格里没有数据表「${p.table}」。`, en: `The base has no table “${p.table}”.` },
    hint:
      p.suggestion === null
        ? { zh: `有:${p.known.join('、') || '–'}。`, en: `There are: ${p.known.join(', ') || '–'}.` }
        : { zh: `是不是想写 ${p.suggestion}?`, en: `Did you mean ${p.suggestion}?` },
  }),
  'bitable-field': (p: { field: string; known: readonly string[]; suggestion: string | null }) => ({
    message: { zh: `数据表里没有字段「${p.field}」。`, en: `The table has no field “${p.field}”.` },
    hint:
      p.suggestion === null
        ? { zh: `有:${p.known.join('、')}。`, en: `There are: ${p.known.join(', ')}.` }
        : { zh: `是不是想写 ${p.suggestion}?`, en: `Did you mean ${p.suggestion}?` },
  }),
  'file-missing': (p: { path: string }) => ({
    message: { zh: `找不到文件 ${p.path}。`, en: `There is no file ${p.path}.` },
    hint: { zh: '路径相对于 larkcron.yaml 所在的文件夹。', en: 'Paths are relative to the folder of larkcron.yaml.' },
  }),
  'file-unreadable': (p: { path: string; why: string }) => ({
    message: { zh: `读不了 ${p.path}:${p.why}`, en: `Cannot read ${p.path}: ${p.why}` },
    hint: { zh: '检查文件的权限。', en: 'Check its permissions.' },
  }),
  'bad-encoding': (p: { path: string; encoding: string }) => ({
    message: { zh: `${p.path} 的编码不是 ${p.encoding}。`, en: `The encoding of ${p.path} is not ${p.encoding}.` },
    hint: {
      zh: '中文 Windows 上的 Excel 存的 CSV 多半是 GBK:写 encoding: gb18030;或在 Excel 里另存为「CSV UTF-8」。',
      en: 'A CSV of a Chinese Excel is GBK, mostly: write encoding: gb18030, or save it as “CSV UTF-8”.',
    },
  }),
  'no-match': (p: { pattern: string }) => ({
    message: { zh: `没有符合 ${p.pattern} 的文件。`, en: `No file matches ${p.pattern}.` },
    hint: { zh: '路径相对于 larkcron.yaml 所在的文件夹。', en: 'Paths are relative to the folder of larkcron.yaml.' },
  }),
  'not-xlsx': (p: { path: string; why: string }) => ({
    message: { zh: `${p.path} 不是 Excel 工作簿:${p.why}`, en: `${p.path} is no workbook of Excel: ${p.why}` },
  }),
  'no-sheet': (p: { path: string; sheet: string; known: readonly string[]; suggestion: string | null }) => ({
    message: { zh: `${p.path} 里没有工作表「${p.sheet}」。`, en: `${p.path} has no sheet “${p.sheet}”.` },
    hint:
      p.suggestion === null
        ? { zh: `有:${p.known.join('、')}。`, en: `There are: ${p.known.join(', ')}.` }
        : { zh: `是不是想写 ${p.suggestion}?`, en: `Did you mean ${p.suggestion}?` },
  }),
  'sql-url': (p: { kind: string }) => ({
    message: { zh: `不认识 ${p.kind}: 这种数据库地址。`, en: `There is no kind of database ${p.kind}: here.` },
    hint: {
      zh: '写成 sqlite:路径、postgres://… 或 mysql://…(MariaDB 也用它)。',
      en: 'Write sqlite:PATH, postgres://… or mysql://… (for MariaDB, too).',
    },
  }),
  'sql-failed': (p: { why: string }) => ({
    message: { zh: `查询失败:${p.why}`, en: `The query failed: ${p.why}` },
    hint: {
      zh: '先在 sqlite3、psql 或 mysql 里试一遍这条查询。',
      en: 'Try the query in sqlite3, psql or mysql first.',
    },
  }),
  'sql-unreachable': (p: { url: string; why: string }) => ({
    message: { zh: `连不上数据库 ${p.url}:${p.why}`, en: `The database ${p.url} cannot be reached: ${p.why}` },
    hint: {
      zh: '检查地址、端口、防火墙,以及数据库是否在运行;稍后会再试。',
      en: 'Check the address, the port, the firewall, and that the database runs; it is tried again later.',
    },
  }),
  'sql-refused': (p: { url: string; why: string }) => ({
    message: { zh: `数据库 ${p.url} 不让进:${p.why}`, en: `The database ${p.url} does not let us in: ${p.why}` },
    hint: {
      zh: '检查用户名、密码和库名,以及这个用户能不能从这台机器登录。',
      en: 'Check the user, the password and the name of the database, and that this user may log in from here.',
    },
  }),
  'sql-busy': (p: { path: string }) => ({
    message: { zh: `数据库 ${p.path} 被占用。`, en: `The database ${p.path} is locked.` },
  }),
  'sql-write': () => ({
    message: { zh: '查询想要写数据库,这里只许读。', en: 'The query wants to write; here it may only read.' },
    hint: {
      zh: '只用 select;确实要写就写 allowWrites: true。',
      en: 'Use select only; if it has to write, say allowWrites: true.',
    },
  }),
  'sql-several': () => ({
    message: { zh: '这里只能有一条 SQL 语句。', en: 'Only one SQL statement may stand here.' },
    hint: { zh: '分成几个数据集。', en: 'Make several datasets of it.' },
  }),
  'sql-params': (p: { missing: readonly string[]; unused: readonly string[] }) => ({
    message: {
      zh: [
        ...p.missing.map((name) => `params 里缺 ${name}`),
        ...p.unused.map((name) => `查询里没有用到 :${name}`),
      ].join(';'),
      en: [
        ...p.missing.map((name) => `params lacks ${name}`),
        ...p.unused.map((name) => `the query does not use :${name}`),
      ].join('; '),
    },
    hint: { zh: '查询里写 :name,params 里写 name: 值。', en: 'Write :name in the query and name: value under params.' },
  }),
  'sql-positional': () => ({
    message: { zh: '查询里有 ?,这里的参数要有名字。', en: 'The query has a ?; parameters have names here.' },
    hint: { zh: '查询里写 :name,params 里写 name: 值。', en: 'Write :name in the query and name: value under params.' },
  }),
  'sql-columns': (p: { name: string }) => ({
    message: { zh: `查询有两列都叫 ${p.name}。`, en: `The query has two columns named ${p.name}.` },
    hint: { zh: '用 as 给其中一列改名。', en: 'Give one of them another name with as.' },
  }),
  'too-many-rows': (p: { limit: number }) => ({
    message: { zh: `超过 ${p.limit} 行。`, en: `There are more than ${p.limit} rows.` },
    hint: { zh: '在查询里汇总或加 limit。', en: 'Aggregate in the query, or add a limit.' },
  }),
  'too-large': (p: { limit: string }) => ({
    message: { zh: `数据超过 ${p.limit}。`, en: `The data is larger than ${p.limit}.` },
  }),
  'http-unreachable': (p: { url: string; why: string }) => ({
    message: { zh: `连不上 ${p.url}:${p.why}`, en: `${p.url} cannot be reached: ${p.why}` },
  }),
  'http-status': (p: { url: string; status: number; body: string }) => ({
    message: { zh: `${p.url} 回答 HTTP ${p.status}:${p.body}`, en: `${p.url} answered HTTP ${p.status}: ${p.body}` },
  }),
  'http-redirect': (p: { url: string; status: number; to: string }) => ({
    message: {
      zh: `${p.url} 转到了别处(HTTP ${p.status}):${p.to}`,
      en: `${p.url} leads elsewhere (HTTP ${p.status}): ${p.to}`,
    },
    hint: {
      zh: '转向不会跟过去(凭证会一起过去):直接写新的地址。',
      en: 'Redirects are not followed, as the credentials would go along: write the new address.',
    },
  }),
  'too-many-pages': (p: { url: string; most: number }) => ({
    message: { zh: `${p.url} 超过 ${p.most} 页还没有完。`, en: `${p.url} goes on after ${p.most} pages.` },
    hint: {
      zh: '检查 pages 写得对不对;确实有这么多页,就写 pages: { most: … }。',
      en: 'Check what stands under pages; if there are that many, write pages: { most: … }.',
    },
  }),
  'not-json': (p: { from: string; why: string }) => ({
    message: { zh: `${p.from} 不是 JSON:${p.why}`, en: `${p.from} is not JSON: ${p.why}` },
  }),
  'not-csv': (p: { from: string; why: string }) => ({
    message: { zh: `${p.from} 不是 CSV:${p.why}`, en: `${p.from} is not CSV: ${p.why}` },
  }),
  'not-rows': (p: { from: string }) => ({
    message: {
      zh: `${p.from} 里没有行:应当是对象的列表。`,
      en: `${p.from} holds no rows: it should be a list of objects.`,
    },
    hint: {
      zh: '用 select 指明列表在哪,例如 select: data.items。',
      en: 'Say with select where the list is, such as select: data.items.',
    },
  }),
  'select-missing': (p: { select: string; at: string }) => ({
    message: { zh: `按 select: ${p.select} 找不到 ${p.at}。`, en: `select: ${p.select} finds no ${p.at}.` },
  }),
  'select-syntax': (p: { select: string; why: string }) => ({
    message: { zh: `select: ${p.select} 不是 JSONPath:${p.why}`, en: `select: ${p.select} is no JSONPath: ${p.why}` },
    hint: { zh: '例如 $.data.items[?@.open]。', en: 'For example $.data.items[?@.open].' },
  }),
  'command-missing': (p: { program: string }) => ({
    message: { zh: `没有 ${p.program} 这个程序。`, en: `There is no program ${p.program}.` },
    hint: { zh: 'cron 的 PATH 很短:写绝对路径。', en: "cron's PATH is short: write the absolute path." },
  }),
  'command-failed': (p: { program: string; code: string; stderr: string }) => ({
    message: { zh: `${p.program} 以 ${p.code} 结束:${p.stderr}`, en: `${p.program} ended with ${p.code}: ${p.stderr}` },
  }),
  'no-folder': (p: { path: string }) => ({
    message: { zh: `没有 ${p.path} 这个文件夹。`, en: `There is no folder ${p.path}.` },
    hint: { zh: 'cwd 相对于 larkcron.yaml 所在的文件夹。', en: 'cwd is relative to the folder of larkcron.yaml.' },
  }),
  interrupted: (p: { what: string }) => ({
    message: { zh: `${p.what} 被中断。`, en: `${p.what} was interrupted.` },
  }),
  'function-failed': (p: { why: string; line: string }) => ({
    message: { zh: `${p.line} 的函数出错:${p.why}`, en: `The function at ${p.line} failed: ${p.why}` },
    hint: { zh: '用 larkcron preview 试,-v 显示调用栈。', en: 'Try it with larkcron preview; -v shows the stack.' },
  }),
  'timed-out': (p: { what: string; ms: number }) => ({
    message: { zh: `${p.what} 超过 ${sec(p.ms)} 没有结束。`, en: `${p.what} took longer than ${sec(p.ms)}.` },
    hint: { zh: '加大 timeout。', en: 'Give it a longer timeout.' },
  }),
} satisfies Words;

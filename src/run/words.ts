import type { Words } from '../model/errors.ts';

export const runWords = {
  'condition-false': (p: { when: string }) => ({
    message: { zh: `条件不成立:${p.when}`, en: `The condition does not hold: ${p.when}` },
    hint: { zh: '要照样发送就加 --force。', en: 'Use --force to send in spite of it.' },
  }),
  'condition-fault': (p: { when: string; why: string }) => ({
    message: { zh: `条件 ${p.when} 算不出来:${p.why}`, en: `The condition ${p.when} cannot be worked out: ${p.why}` },
    hint: {
      zh: 'when 用 CEL 写,例如 size(stores.rows) > 0;与、或、非写作 && || !。',
      en: 'when is CEL, such as size(stores.rows) > 0; and, or, not are && || !.',
    },
  }),
  'condition-not-boolean': (p: { when: string }) => ({
    message: { zh: `条件 ${p.when} 的结果不是真或假。`, en: `The condition ${p.when} is neither true nor false.` },
    hint: { zh: '写成比较,例如 size(stores.rows) > 0。', en: 'Write a comparison, such as size(stores.rows) > 0.' },
  }),
  unchanged: (p: { dataset: string }) => ({
    message: {
      zh: `${p.dataset} 和上次送达时一样,没有发送。`,
      en: `${p.dataset} is as it was in the last message that arrived; nothing was sent.`,
    },
    hint: { zh: '要照样发送就加 --force。', en: 'Use --force to send in spite of it.' },
  }),
  remembered: (p: { rows: number }) => ({
    message: {
      zh: `第一次运行:记下了 ${p.rows} 行,没有发送(first: remember)。`,
      en: `The first run: ${p.rows} rows were remembered, nothing was sent (first: remember).`,
    },
    hint: { zh: '以后有变化才发送。', en: 'From now on changes are sent.' },
  }),
  empty: () => ({
    message: { zh: '数据是空的,没有发送。', en: 'The data has no rows; nothing was sent.' },
    hint: {
      zh: '任务里写的是 empty: skip;要照样发送就加 --force。',
      en: 'The job says empty: skip; use --force to send in spite of it.',
    },
  }),
  'empty-data': () => ({
    message: {
      zh: '数据是空的,而任务里写的是 empty: fail。',
      en: 'The data has no rows, and the job says empty: fail.',
    },
    hint: {
      zh: '看看查询和数据源;空也算正常就写 empty: send 或 skip。',
      en: 'Look at the query and the source; where that is normal, write empty: send or skip.',
    },
  }),
  'changed-column': (p: { column: string; dataset: string; known: readonly string[]; suggestion: string | null }) => ({
    message: {
      zh: `changed 里的 ${p.column} 不是 ${p.dataset} 的列。`,
      en: `\`changed\` names ${p.column}, which is no column of ${p.dataset}.`,
    },
    hint:
      p.suggestion === null
        ? { zh: `有:${p.known.join('、')}。`, en: `There are: ${p.known.join(', ')}.` }
        : { zh: `是不是想写 ${p.suggestion}?`, en: `Did you mean ${p.suggestion}?` },
  }),
  'changed-key-twice': (p: { dataset: string; key: readonly string[]; values: readonly string[] }) => ({
    message: {
      zh: `${p.dataset} 有两行的 ${p.key.join('、')} 都是 ${p.values.join('、')},分不清哪一行变了。`,
      en: `Two rows of ${p.dataset} have the same ${p.key.join(', ')}: ${p.values.join(', ')}. Which one changed cannot be told.`,
    },
    hint: {
      zh: 'key 要能认出每一行:写上几列,例如 key: [sku, store]。',
      en: 'A key tells every row from the others: name several columns, such as key: [sku, store].',
    },
  }),
  'changed-too-much': (p: { rows: number }) => ({
    message: {
      zh: `要记住的数据太多(${p.rows} 行,上限 16 MB)。`,
      en: `There is too much to remember (${p.rows} rows; 16 MB at most).`,
    },
    hint: { zh: '少查几列,或只查会变的行。', en: 'Query fewer columns, or only the rows that change.' },
  }),
  'calendar-unknown': (p: { calendar: string; year: number }) => ({
    message: {
      zh: `日历 ${p.calendar} 没有 ${p.year} 年的放假安排,不知道这天该不该发,所以没有发。`,
      en: `The calendar ${p.calendar} has no notice for ${p.year}: whether to send on this day is unknown, so nothing was sent.`,
    },
    hint: {
      zh: '升级 larkcron,或 larkcron calendar update --file 文件;之后 larkcron resend 运行 补发。',
      en: 'Update larkcron, or larkcron calendar update --file FILE; then larkcron resend RUN sends this one.',
    },
  }),
  'no-recipients': (p: { job: string }) => ({
    message: { zh: `任务 ${p.job} 没有收件人。`, en: `The job ${p.job} has no recipients.` },
  }),
  'post-too-large': (p: { bytes: number; most: number }) => ({
    message: {
      zh: `这条富文本有 ${p.bytes} 字节,最多 ${p.most} 字节。`,
      en: `This post has ${p.bytes} bytes; ${p.most} are the most.`,
    },
    hint: {
      zh: '用 limit 少取几行,改用放不下会自动处理的 card,或者 attach 一个文件。',
      en: 'Take fewer rows with `limit`, use a card (which is fitted by itself), or attach a file.',
    },
  }),
  'too-many-recipients': (p: { count: number; most: number }) => ({
    message: {
      zh: `收件人有 ${p.count} 个,超过上限 ${p.most},一条也没有发。`,
      en: `There are ${p.count} recipients, more than the ${p.most} allowed; nothing was sent.`,
    },
    hint: { zh: '确实要发就在任务里写 maxRecipients。', en: 'If it is meant, set maxRecipients in the job.' },
  }),
  'recipient-not-found': (p: { recipient: string }) => ({
    message: {
      zh: `找不到 ${p.recipient},或应用看不到这个人。`,
      en: `Nobody has ${p.recipient}, or the app may not see them.`,
    },
    hint: {
      zh: '核对邮箱或手机号(海外号码要带 +国家码),并确认这个人在应用的通讯录权限范围内。',
      en: 'Check the address or number (with + and the country code outside mainland China) and the contact range of the app.',
    },
  }),
  'recipient-left': (p: { recipient: string }) => ({
    message: { zh: `${p.recipient} 已离职。`, en: `${p.recipient} has left the company.` },
    hint: { zh: '把这个人从 to 里去掉。', en: 'Take the person out of `to`.' },
  }),
  'lookup-refused': (p: { recipient: string; why: { zh: string; en: string } }) => ({
    message: { zh: `查不到 ${p.recipient}:${p.why.zh}`, en: `${p.recipient} could not be looked up: ${p.why.en}` },
    hint: {
      zh: '检查应用的通讯录权限与范围:larkcron doctor。',
      en: 'Check the contact scopes and range of the app: larkcron doctor.',
    },
  }),
  'directory-unreachable': (p: { why: { zh: string; en: string } }) => ({
    message: { zh: `暂时查不了收件人:${p.why.zh}`, en: `The recipients cannot be looked up for now: ${p.why.en}` },
    hint: { zh: '会自动再试。', en: 'It is tried again by itself.' },
  }),
  'upload-unreadable': (p: { file: string; why: string; limit: string }) => ({
    message: { zh: `读不了要发的文件 ${p.file}:${p.why}`, en: `The file ${p.file} cannot be read: ${p.why}` },
    hint: {
      zh: '路径相对于 larkcron.yaml 所在的文件夹。',
      en: 'Paths are relative to the folder of larkcron.yaml.',
    },
  }),
  'upload-empty': (p: { file: string; why: string; limit: string }) => ({
    message: { zh: `${p.file} 是空的,飞书不收。`, en: `${p.file} is empty; Feishu takes no such file.` },
    hint: { zh: '看看写它的程序是不是没写完。', en: 'See whether the program that writes it has finished.' },
  }),
  'upload-size': (p: { file: string; why: string; limit: string }) => ({
    message: {
      zh: `${p.file} 超过飞书的上限 ${p.limit}。`,
      en: `${p.file} has more than the ${p.limit} that Feishu takes.`,
    },
    hint: { zh: '缩小文件,或改发一个链接。', en: 'Make the file smaller, or send a link to it.' },
  }),
  'upload-no-image': (p: { file: string; why: string; limit: string }) => ({
    message: { zh: `${p.file} 不是飞书认得的图片。`, en: `${p.file} is no image that Feishu knows.` },
    hint: {
      zh: '用 PNG、JPEG、GIF、WEBP、BMP、ICO、TIFF 或 HEIC;别的文件用 file 发。',
      en: 'Use PNG, JPEG, GIF, WEBP, BMP, ICO, TIFF or HEIC; send other files with `file`.',
    },
  }),
  'upload-refused': (p: { file: string; why: { zh: string; en: string } }) => ({
    message: { zh: `飞书不收文件 ${p.file}:${p.why.zh}`, en: `Feishu does not take the file ${p.file}: ${p.why.en}` },
  }),
  'upload-later': (p: { file: string; why: { zh: string; en: string } }) => ({
    message: {
      zh: `文件 ${p.file} 暂时传不上去:${p.why.zh}`,
      en: `The file ${p.file} cannot be uploaded for now: ${p.why.en}`,
    },
    hint: { zh: '会自动再试。', en: 'It is tried again by itself.' },
  }),
  'card-not-renewable': () => ({
    message: {
      zh: 'update: message 更新不了这张卡片:它没有 config.update_multi: true。',
      en: 'update: message cannot renew this card: it lacks config.update_multi: true.',
    },
    hint: {
      zh: '在卡片 JSON 的 config 里写 "update_multi": true。',
      en: 'Put "update_multi": true into the card’s config.',
    },
  }),
  'template-variable': (p: { name: string; as: string; value: string }) => ({
    message: {
      zh: `模板变量 ${p.name} 应当是 ${p.as},却是「${p.value.slice(0, 80)}」。`,
      en: `The template variable ${p.name} should be a ${p.as}, but is "${p.value.slice(0, 80)}".`,
    },
    hint: {
      zh: '飞书会以 200732 拒绝。改数据,或把变量写成 plain(并在搭建工具里改成文本)。',
      en: 'Feishu refuses it with 200732. Mend the data, or make the variable plain (and a text in the builder).',
    },
  }),
  'template-size': (p: { bytes: number; limit: number }) => ({
    message: {
      zh: `模板的变量有 ${p.bytes} 字节,飞书对卡片的上限是 ${p.limit}。`,
      en: `The template's variables have ${p.bytes} bytes; Feishu takes ${p.limit} for a card.`,
    },
    hint: {
      zh: '少传几行;larkcron 自己的 card 会自动裁剪,模板不会。',
      en: 'Give it fewer rows. A `card` is cut by larkcron itself, a template cannot be.',
    },
  }),
  'webhook-too-large': (p: { size: number }) => ({
    message: {
      zh: `消息有 ${p.size} 字节,自定义机器人最多收 20 KB。`,
      en: `The message has ${p.size} bytes; a custom bot takes 20 KB.`,
    },
    hint: { zh: '缩小卡片,或用应用机器人发。', en: "Make the card smaller, or send it as the app's bot." },
  }),
  'urgent-nobody': () => ({
    message: {
      zh: 'urgent 只对人有效,而 to 里只有群或自定义机器人:没有人会被加急。',
      en: '`urgent` reaches people only, and `to` has none but groups and custom bots: nobody will be told at once.',
    },
    hint: { zh: '在 to 里加上要加急的人,或去掉 urgent。', en: 'Add the people to `to`, or leave `urgent` out.' },
  }),
  'bad-settings': (p: { job: string; first: string }) => ({
    message: { zh: `任务 ${p.job} 的设置有误:${p.first}`, en: `The settings of job ${p.job} are wrong: ${p.first}` },
    hint: { zh: `运行 larkcron check ${p.job} --data。`, en: `Run larkcron check ${p.job} --data.` },
  }),
  'source-failed': (p: { dataset: string; why: { zh: string; en: string } }) => ({
    message: { zh: `取不到数据 ${p.dataset}:${p.why.zh}`, en: `The data ${p.dataset} could not be had: ${p.why.en}` },
    hint: {
      zh: '用 larkcron preview 任务 单独试取数据,不会发送。',
      en: 'Try the data alone with larkcron preview JOB; nothing is sent.',
    },
  }),
  'no-picture': (p: { name: string }) => ({
    message: { zh: `数据集 ${p.name} 没有图片。`, en: `The dataset ${p.name} has no picture.` },
    hint: {
      zh: 'from 后面写 screenshot 数据集的名字;文件和网址直接写 image: 路径。',
      en: 'from names a dataset that is a screenshot; a file or an address is written as image: PATH.',
    },
  }),
  'bad-card': (p: { count: number }) => ({
    message: {
      zh: `卡片有 ${p.count} 处错误,没有发送。`,
      en: `The card has ${p.count} ${p.count === 1 ? 'fault' : 'faults'}; it was not sent.`,
    },
  }),
  'raw-not-json': (p: { from: string; why: string }) => ({
    message: { zh: `${p.from} 不是卡片 JSON:${p.why}`, en: `${p.from} is no card JSON: ${p.why}` },
  }),
  removed: (p: { job: string }) => ({
    message: { zh: `任务 ${p.job} 已不存在。`, en: `The job ${p.job} no longer exists.` },
    hint: {
      zh: '改了名的任务是一个新任务;不要了就不用处理。',
      en: 'A renamed job is a new one; if it is not wanted any more, nothing is to be done.',
    },
  }),
} satisfies Words;

import type { Words } from '../model/errors.ts';

/** Where the ledger cannot be. */
export const ledgerPlaceWords = {
  'bad-ledger': (p: { value: string }) => ({
    message: { zh: `ledger 不能是 ${p.value}。`, en: `ledger cannot be ${p.value}.` },
    hint: {
      zh: '写 sqlite:路径(例如 sqlite:.larkcron/ledger.db),或 postgres://用户:密码@主机/库;密码里的 / ? # @ % 写成 %2F %3F %23 %40 %25。',
      en: 'Write sqlite:PATH (such as sqlite:.larkcron/ledger.db), or postgres://user:password@host/database; in a password / ? # @ % are %2F %3F %23 %40 %25.',
    },
  }),
  'bad-schema': (p: { value: string }) => ({
    message: { zh: `schema 不能叫 ${p.value}。`, en: `A schema cannot be called ${p.value}.` },
    hint: { zh: '用小写字母、数字和下划线,例如 larkcron。', en: 'Use small letters, digits and _, such as larkcron.' },
  }),
} satisfies Words;

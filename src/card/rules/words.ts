import type { Words } from '../../model/errors.ts';
import { afterHan, type Text } from '../../model/text.ts';
import { didYouMean } from '../did-you-mean.ts';
import { componentWords } from './words-components.ts';

/** Feishu's rules for cards, each said once. What Feishu would answer is added where it is known (finding.ts). */
export const ruleWords = {
  'card-not-object': () => ({
    message: { zh: '卡片须是一个 JSON 对象。', en: 'A card is a JSON object.' },
    hint: {
      zh: '是不是序列化了两次?卡片本身不能是字符串。',
      en: 'Was it serialised twice? The card itself is not a string.',
    },
  }),
  'card-size': (p: { bytes: number; limit: number }) => ({
    message: {
      zh: `卡片有 ${p.bytes} 字节,飞书最多收 ${p.limit} 字节。`,
      en: `The card has ${p.bytes} bytes; Feishu takes ${p.limit}.`,
    },
    hint: { zh: '让表格少几行,或改发附件。', en: 'Show fewer rows, or send the data as a file.' },
  }),
  'card-schema': (p: { schema: string }) => ({
    message: { zh: `没有 ${p.schema} 这个 schema。`, en: `There is no schema ${p.schema}.` },
    hint: { zh: '写 "2.0",或不写(1.0)。', en: 'Write "2.0", or leave it out for 1.0.' },
  }),
  'card-root-key': (p: { key: string; suggestion: string | null }) => ({
    message: { zh: `2.0 卡片的根上没有 ${p.key}。`, en: `A 2.0 card has no ${p.key} at its root.` },
    hint: didYouMean(p.suggestion, {
      zh: '根上只有 schema、config、card_link、header、body;组件放进 body.elements。',
      en: 'The root has schema, config, card_link, header and body; components go into body.elements.',
    }),
  }),
  'card-looks-v2': () => ({
    message: {
      zh: '卡片有 body,却没有 schema: "2.0":飞书会按 1.0 读,什么也不显示。',
      en: 'The card has a body but no schema: "2.0": Feishu reads it as 1.0 and shows nothing.',
    },
    hint: { zh: '加上 "schema": "2.0"。', en: 'Add "schema": "2.0".' },
  }),
  'card-empty': () => ({
    message: { zh: '卡片里没有任何组件。', en: 'There is no component in the card.' },
    hint: { zh: '把组件放进 body.elements。', en: 'Put components into body.elements.' },
  }),
  'card-elements-list': (p: { key: string }) => ({
    message: { zh: `${p.key} 须是组件的数组。`, en: `${p.key} is a list of components.` },
  }),
  'card-removed-tag': (p: { tag: string }) => ({
    message: { zh: `2.0 卡片里没有 ${p.tag} 了。`, en: `${p.tag} is gone from 2.0 cards.` },
    hint:
      p.tag === 'note'
        ? {
            zh: '改用 div,text_size: notation,text_color: grey。',
            en: 'Use a div with text_size: notation and text_color: grey.',
          }
        : { zh: '把按钮直接放进 elements。', en: 'Put the buttons directly into elements.' },
  }),
  'card-unknown-tag': (p: { tag: string; suggestion: string | null }) => ({
    message:
      p.tag === ''
        ? { zh: '组件没有 tag。', en: 'The component has no tag.' }
        : { zh: `没有 ${p.tag} 这种组件。`, en: `There is no component ${p.tag}.` },
    hint: didYouMean(p.suggestion, {
      zh: '常用的有 markdown、div、table、button、hr。',
      en: 'Often used: markdown, div, table, button, hr.',
    }),
  }),
  'card-null': (p: { key: string }) => ({
    message: { zh: `${p.key} 是 null。`, en: `${p.key} is null.` },
    hint: { zh: '没有值就不要写这个键。', en: 'Leave a key out when it has no value.' },
  }),
  'card-property': (p: { tag: string; key: string; suggestion: string | null; ignored: boolean }) => ({
    message: p.ignored
      ? {
          zh: `${p.tag} 没有 ${p.key} 这个属性,1.0 卡片会忽略它。`,
          en: `${p.tag} has no property ${p.key}: a 1.0 card ignores it.`,
        }
      : { zh: `${p.tag} 没有 ${p.key} 这个属性。`, en: `${p.tag} has no property ${p.key}.` },
    hint: didYouMean(p.suggestion, {
      zh: '删去它。2.0 卡片不收不认识的属性。',
      en: 'Remove it: 2.0 cards take no unknown properties.',
    }),
  }),
  'card-v2-only': (p: { key: string }) => ({
    message: {
      zh: `${p.key} 是 2.0 卡片的属性,1.0 卡片会忽略它。`,
      en: `${p.key} belongs to 2.0 cards: a 1.0 card ignores it.`,
    },
    hint: {
      zh: '删去它,或把卡片改成 2.0("schema": "2.0",组件放进 body.elements)。',
      en: 'Remove it, or make the card 2.0 ("schema": "2.0", components in body.elements).',
    },
  }),
  'card-type': (p: { key: string; needs: Text }) => ({
    message: { zh: `${p.key} 须是${afterHan(p.needs.zh)}。`, en: `${p.key} should be ${p.needs.en}.` },
  }),
  'card-required': (p: { tag: string; key: string }) => ({
    message: { zh: `${p.tag} 缺少 ${p.key}。`, en: `${p.tag} needs ${p.key}.` },
  }),
  'card-value': (p: { key: string; value: string; allowed: Text; suggestion: string | null }) => ({
    message: { zh: `${p.key} 不能是 ${p.value}。`, en: `${p.key} cannot be ${p.value}.` },
    hint: didYouMean(p.suggestion, { zh: `可以是:${p.allowed.zh}。`, en: `It can be: ${p.allowed.en}.` }),
  }),
  'card-tags-many': (p: { count: number }) => ({
    message: {
      zh: `标题有 ${p.count} 个标签,飞书只显示 3 个。`,
      en: `The header has ${p.count} tags; Feishu shows 3.`,
    },
  }),
  'card-update-multi': () => ({
    message: { zh: '2.0 卡片的 update_multi 只能是 true。', en: 'update_multi can only be true in a 2.0 card.' },
  }),
  'card-deprecated': (p: { key: string; instead: string | null }) => ({
    message: { zh: `${p.key} 已经作废。`, en: `${p.key} is no longer in use.` },
    hint:
      p.instead === null
        ? { zh: '删去它。', en: 'Remove it.' }
        : { zh: `改用 ${p.instead}。`, en: `Use ${p.instead}.` },
  }),
  'card-elements-many': (p: { count: number; limit: number }) => ({
    message:
      p.count > p.limit
        ? {
            zh: `卡片有 ${p.count} 个组件,飞书最多收 ${p.limit} 个。`,
            en: `The card has ${p.count} components; Feishu takes ${p.limit}.`,
          }
        : {
            zh: `卡片有 ${p.count} 个组件,快到飞书的上限 ${p.limit} 个了。`,
            en: `The card has ${p.count} components, near Feishu's limit of ${p.limit}.`,
          },
    hint: { zh: '文字节点也算;许多行请用 table。', en: 'Text nodes count too; many rows belong in a table.' },
  }),
  'card-depth': (p: { depth: number | null }) => ({
    message:
      p.depth === null
        ? { zh: '卡片嵌套得太深,飞书最多收 5 层容器。', en: 'The card is nested too deep; Feishu takes 5 containers.' }
        : {
            zh: `容器套了 ${p.depth} 层,飞书最多收 5 层。`,
            en: `Containers are nested ${p.depth} deep; Feishu takes 5.`,
          },
    hint: { zh: '少套一层容器。', en: 'Take one container away.' },
  }),
  'card-duplicate': (p: { key: string; value: string; first: string; where: 'card' | 'columns' | 'options' }) => ({
    message: {
      zh: `${p.key} ${p.value} 用了两次,第一次在 ${p.first}。`,
      en: `${p.key} ${p.value} is used twice, first at ${p.first}.`,
    },
    hint:
      p.where === 'card'
        ? { zh: '在整张卡片里它须是唯一的。', en: 'It is unique in the whole card.' }
        : {
            zh: `在同一个组件的 ${p.where} 里它须是唯一的。`,
            en: `It is unique among the ${p.where} of one component.`,
          },
  }),
  'card-element-id': (p: { id: string }) => ({
    message: { zh: `element_id 不能是 ${p.id}。`, en: `${p.id} cannot be an element_id.` },
    hint: {
      zh: '字母开头,字母、数字、下划线,最多 20 个字符。',
      en: 'A letter first, then letters, digits and _, 20 characters at most.',
    },
  }),
  'card-root-only': (p: { tag: string }) => ({
    message: {
      zh: `${p.tag} 只能直接放在 body.elements 里。`,
      en: `${p.tag} may stand only directly in body.elements.`,
    },
  }),
  'card-tables-many': (p: { count: number; limit: number }) => ({
    message: {
      zh: `卡片有 ${p.count} 个表格,飞书最多收 ${p.limit} 个。`,
      en: `The card has ${p.count} tables; Feishu takes ${p.limit}.`,
    },
  }),
  'card-markdown-tables': (p: { count: number; limit: number }) => ({
    message: {
      zh: `这里有 ${p.count} 个 markdown 表格,最多 ${p.limit} 个。`,
      en: `There are ${p.count} markdown tables here; ${p.limit} are safe.`,
    },
    hint: { zh: '改用 table 组件,或拆成几段。', en: 'Use table components, or split the text.' },
  }),
  'card-link-empty': () => ({
    message: { zh: '打开链接的动作没有地址。', en: 'The link that is to be opened has no address.' },
    hint: { zh: '填 default_url(1.0 卡片:url)。', en: 'Fill in default_url (url in a 1.0 card).' },
  }),
  'card-link-scheme': (p: { link: string; dangerous: boolean }) => ({
    message: p.dangerous
      ? { zh: `不能放这样的链接:${p.link}`, en: `Such a link is not for a card: ${p.link}` }
      : { zh: `链接没有 http:// 或 https://:${p.link}`, en: `The link has no http:// or https://: ${p.link}` },
    hint: { zh: '飞书只打开 http、https 与 applink 地址。', en: 'Feishu opens http, https and applink addresses.' },
  }),
  'card-image-key': (p: { key: string }) => ({
    message: { zh: `这不是图片 key:${p.key}。`, en: `This is no image key: ${p.key}.` },
    hint: {
      zh: '先上传图片,得到 img_v3_… 这样的 key;网址不行。',
      en: 'Upload the image to get a key like img_v3_…; a web address will not do.',
    },
  }),
  'card-at-all': () => ({
    message: { zh: '这张卡片 @ 所有人。', en: 'This card mentions everyone.' },
    hint: {
      zh: '机器人没有这个权限时,整张卡片发不出去。',
      en: 'Where the bot may not do that, the whole card is refused.',
    },
  }),
  'card-color-hex': (p: { key: string; value: string }) => ({
    message: { zh: `${p.key} 不收 ${p.value} 这样的颜色。`, en: `${p.key} takes no colour like ${p.value}.` },
    hint: {
      zh: '用颜色名,例如 grey、red、blue-50;要别的颜色就在 config.style.color 里用 rgba 取个名字。',
      en: 'Use a name, such as grey, red or blue-50; any other colour gets a name in config.style.color, in rgba.',
    },
  }),
  'card-color-rgba': (p: { key: string }) => ({
    message: { zh: `${p.key} 不直接收 rgba。`, en: `${p.key} takes no rgba as it stands.` },
    hint: {
      zh: '用颜色名,或在 config.style.color 里给它取个名字。',
      en: 'Use the name of a colour, or give it one in config.style.color.',
    },
  }),
  'card-color': (p: { key: string; value: string; suggestion: string | null }) => ({
    message: { zh: `${p.key} 不认识颜色 ${p.value}。`, en: `${p.key} knows no colour ${p.value}.` },
    hint: didYouMean(p.suggestion, {
      zh: '例如 grey、red、green、blue、orange,可带深浅:blue-50。',
      en: 'For example grey, red, green, blue, orange, also with a shade: blue-50.',
    }),
  }),
  'card-locale': (p: { locale: string; suggestion: string | null }) => ({
    message: { zh: `飞书没有 ${p.locale} 这种语言。`, en: `Feishu has no language ${p.locale}.` },
    hint: didYouMean(p.suggestion, { zh: '例如 zh_cn、en_us、ja_jp。', en: 'For example zh_cn, en_us, ja_jp.' }),
  }),
  'card-link-partial': () => ({
    message: {
      zh: 'card_link 没有 url,也没有写全三个平台的地址。',
      en: 'card_link has no url, nor an address for each of the three platforms.',
    },
    hint: {
      zh: '写 url,或把 pc_url、ios_url、android_url 写全。',
      en: 'Give url, or all of pc_url, ios_url and android_url.',
    },
  }),
  'card-is-message': (p: { path: string; kind: string | null }) => ({
    message:
      p.kind !== null
        ? { zh: `这是一条 ${p.kind} 消息,不是卡片。`, en: `This is a message of type ${p.kind}, not a card.` }
        : { zh: '这是整个请求体,不是卡片本身。', en: 'This is the body of a request, not the card itself.' },
    hint:
      p.path === ''
        ? { zh: '给出卡片 JSON:elements,或 schema 与 body。', en: 'Give the card JSON: elements, or schema and body.' }
        : { zh: `卡片是其中的 ${p.path}。`, en: `The card is its ${p.path}.` },
  }),
  ...componentWords,
} satisfies Words;

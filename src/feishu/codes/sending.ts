import { type CodeTable, later, row, same } from './row.ts';

/** Sending, replying, updating and recalling (im-v1/message: create, reply, patch, update, delete; urgent; reactions). */
export const SENDING: CodeTable = {
  11232: row(
    'retry',
    ['飞书消息系统整体限流', "Feishu's message system is overloaded"],
    ['会自动重试;尽量避开整点和半点。', 'It is tried again by itself; avoid whole and half hours.'],
    { pace: 'app' },
  ),
  11233: later(['这个群发得太快', 'too fast for this group'], { pace: 'target' }),
  18121: later(['同一条消息正在创建', 'the same message is just being made']),
  19036: row(
    'message',
    ['消息超过 30 KB', 'the message has more than 30 KB'],
    ['减少表格行数或字数。', 'Use fewer rows or words.'],
  ),
  230001: row(
    'message',
    ['参数不对', 'a parameter is wrong'],
    ['看飞书原话里 ext= 指出的那一项。', "See the field that Feishu's own words name after ext=."],
  ),
  230002: row(
    'recipient',
    ['机器人不在这个群里', 'the bot is not in this group'],
    ['在群设置里把机器人加进群。', "Add the bot to the group in the group's settings."],
  ),
  230006: row(
    'setup',
    ['应用没有启用机器人能力,或没有发布', 'the app has no bot ability, or no published version'],
    [
      '在开发者后台添加「机器人」能力,创建并发布版本。',
      'Add the bot ability in the developer console, then create and publish a version.',
    ],
    { page: 'bot' },
  ),
  ...same(
    [230009, 230026],
    row(
      'message',
      [
        '这条消息不能撤回(过了时限,或不是自己发的)',
        'this message cannot be taken back (too late, or not the bot’s own)',
      ],
      ['企业管理员可以放宽撤回时限。', 'The administrator can allow a longer time.'],
    ),
  ),
  ...same(
    [230011, 230110, 230111],
    row(
      'message',
      ['原消息已撤回、删除或焚毁', 'the message was recalled, deleted or destroyed'],
      ['没有可以更新或回复的消息了,发一条新的。', 'There is nothing left to update or reply to; send a new one.'],
    ),
  ),
  230012: row(
    'message',
    ['这条消息不是本机器人发的', 'the message is not this bot’s own'],
    ['用发出它的那个应用。', 'Use the app that sent it.'],
  ),
  230013: row(
    'recipient',
    ['这个人不在应用的可用范围内(或已离职)', 'this person is outside the app’s availability (or has left)'],
    [
      '在开发者后台「可用范围」里加上这个人并发布;离职的人从 to 里去掉。',
      'Add the person to the availability of the app and publish; take people who left out of `to`.',
    ],
    { page: 'version' },
  ),
  230015: row(
    'message',
    ['单聊不能被分享', 'a chat with one person cannot be shared'],
    ['换成一个群。', 'Share a group instead.'],
  ),
  230017: row(
    'message',
    ['图片或文件不是本应用上传的', 'the image or file was uploaded by another app'],
    ['用本应用重新上传。', 'Upload it again with this app.'],
  ),
  230018: row(
    'recipient',
    ['群设置不允许机器人发言', 'the group’s settings forbid the bot to speak'],
    ['请群主在群设置里允许发言。', 'Ask the owner of the group to allow it.'],
  ),
  230019: row(
    'recipient',
    ['话题不存在', 'the topic does not exist'],
    ['话题可能已删除;不写 thread 就发新消息。', 'It may have been deleted; without `thread` a new message is sent.'],
  ),
  230020: row(
    'retry',
    ['对这个人或群发得太快', 'too fast for this person or group'],
    ['会自动放慢再试。', 'It slows down and tries again.'],
    { pace: 'target' },
  ),
  230022: row('message', ['含有敏感内容', 'the content was found sensitive'], ['改写内容。', 'Change the words.']),
  230023: row(
    'recipient',
    ['对方未读的加急已满 200 条', 'the person has 200 urgent messages unread'],
    [
      '消息已送达,只是不再加急;请对方先看。',
      'The message is there, only not urgent; the person has to read some first.',
    ],
  ),
  230024: row(
    'quota',
    ['企业的短信或电话加急额度已用完', 'the tenant’s quota of urgent texts or calls is used up'],
    ['购买额度,或改用 urgent: app。', 'Buy more, or use `urgent: app`.'],
  ),
  230025: row(
    'message',
    ['内容太长(卡片 30 KB,文字 150 KB)', 'it is too long (card 30 KB, text 150 KB)'],
    ['减少表格行数或字数。', 'Use fewer rows or words.'],
  ),
  230027: row(
    'setup',
    ['没有这个操作的权限,或没有开放外部群', 'there is no right to do this, or external groups are not allowed'],
    ['检查应用的权限与外部群设置。', "Check the app's scopes and the settings for external groups."],
    { page: 'scopes' },
  ),
  230028: row(
    'message',
    ['没有通过数据防泄漏审核', 'it did not pass the data-loss check'],
    ['去掉手机号、邮箱等明文。', 'Take plain phone numbers and e-mail addresses out.'],
  ),
  230029: row(
    'recipient',
    ['这个人已离职', 'this person has left'],
    ['把这个人从 to 里去掉。', 'Take the person out of `to`.'],
  ),
  230031: row(
    'message',
    ['发出超过 14 天的卡片不能再更新', 'a card older than 14 days cannot be updated'],
    ['发一条新的。', 'Send a new one.'],
  ),
  230033: row('message', ['发出超过 7 天,查不到已读', 'who has read it is known for 7 days only']),
  230034: row(
    'recipient',
    ['收件人 id 不对,或 id 类型不符', 'the recipient’s id is wrong or of another kind'],
    ['核对 to 里的 id。', 'Check the id in `to`.'],
  ),
  230035: row(
    'recipient',
    ['没有发送权限(被禁言、被屏蔽或企业策略)', 'no right to send (muted, blocked, or a policy)'],
    ['请对方或群主解除。', 'Ask the person or the owner of the group to lift it.'],
  ),
  230036: row(
    'setup',
    ['企业的加密密钥已删除', 'the tenant’s encryption key was deleted'],
    ['请企业管理员处理。', 'Ask the administrator.'],
  ),
  230038: row(
    'recipient',
    ['不能给外部企业的人单独发消息', 'persons of another company cannot be written to'],
    ['改发到共同的群。', 'Send to a group that both are in.'],
  ),
  230049: row(
    'retry',
    ['同一条消息正在发送', 'the same message is just being sent'],
    ['会自动再看一次。', 'It looks again by itself.'],
  ),
  230050: row(
    'recipient',
    ['机器人看不到这条消息', 'the bot cannot see this message'],
    [
      '检查机器人进群的时间和群的历史消息设置。',
      'Check when the bot joined, and whether the group shows older messages.',
    ],
  ),
  230052: row(
    'recipient',
    ['群设置不允许加急', 'the group’s settings forbid urgent messages'],
    ['请群主在群设置里允许加急。', 'Ask the owner of the group to allow it.'],
  ),
  230053: row(
    'recipient',
    ['这个人停止接收机器人消息', 'this person stopped the bot’s messages'],
    ['请本人在飞书里恢复接收。', 'The person can allow them again in Feishu.'],
  ),
  230054: row(
    'message',
    ['这里不支持这种消息', 'this kind of message is not allowed here'],
    ['换一种消息(如 text),或换一个群。', 'Use another kind of message (text, say), or another group.'],
  ),
  230055: row(
    'message',
    ['文件类型与消息类型不符', 'the file’s type does not fit the message'],
    ['图片用 image,其余用 file。', 'Use `image` for pictures and `file` for all else.'],
  ),
  230071: row(
    'recipient',
    ['这种群不支持话题回复', 'this kind of group has no threads'],
    ['去掉 thread。', 'Leave `thread` out.'],
  ),
  230072: row(
    'message',
    ['合并的消息不能回复,或编辑次数已满', 'a merged message cannot be replied to, or it was edited too often'],
    ['发一条新的。', 'Send a new one.'],
  ),
  230075: row(
    'recipient',
    ['不支持加密会话,或过了编辑时限', 'encrypted chats are not supported, or it is too late to edit'],
    ['换一个没有加密的会话,或发一条新的。', 'Use a chat that is not encrypted, or send a new message.'],
  ),
  230099: row(
    'message',
    ['卡片内容不被接受', 'the card was not accepted'],
    [
      '用 `larkcron check` 与 `preview --card` 找出是哪一处。',
      'Find the place with `larkcron check` and `preview --card`.',
    ],
  ),
  231001: row('message', ['没有这种表情', 'there is no such reaction']),
  ...same(
    [231002, 231008],
    row(
      'recipient',
      ['机器人不在这个会话里', 'the bot is not in this chat'],
      ['在群设置里把机器人加进群。', 'Add the bot to the group in the settings of the group.'],
    ),
  ),
  232009: row(
    'recipient',
    ['群已解散', 'the group was dissolved'],
    ['把这个群从 to 里去掉。', 'Take the group out of `to`.'],
  ),
};

/** Chats, people and uploads (im-v1: chat, chat-member, image, file; contact-v3: user, department). */
export const AROUND: CodeTable = {
  232006: row(
    'recipient',
    ['chat_id 不对', 'the chat_id is wrong'],
    ['核对 to 里的 oc_…。', 'Check the oc_… in `to`.'],
  ),
  232010: row(
    'recipient',
    ['群属于别的企业', 'the group belongs to another tenant'],
    ['换一个本企业的群。', "Take a group of the app's own tenant."],
  ),
  232011: row(
    'recipient',
    ['机器人不在这个群里', 'the bot is not in this group'],
    ['在群设置里把机器人加进群。', "Add the bot to the group in the group's settings."],
  ),
  232025: row(
    'setup',
    ['应用没有启用机器人能力', 'the app has no bot ability'],
    ['在开发者后台添加「机器人」能力并发布。', 'Add the bot ability and publish.'],
    { page: 'bot' },
  ),
  232033: row(
    'recipient',
    ['没有开放外部群', 'external groups are not allowed'],
    ['在应用里开放外部群,或换一个群。', 'Allow external groups for the app, or take another group.'],
  ),
  232034: row(
    'setup',
    ['应用没有在企业里安装', 'the app is not installed in this tenant'],
    ['发布版本并请管理员通过。', 'Publish a version and have it approved.'],
    { page: 'version' },
  ),
  232096: later(['飞书暂停写入', 'Feishu takes no changes for now']),
  234001: row(
    'message',
    ['上传的参数不对', 'a parameter of the upload is wrong'],
    ['检查文件名和类型。', 'Check the name and the type of the file.'],
  ),
  234006: row(
    'message',
    ['文件太大(图片 10 MB,文件 30 MB)', 'the file is too large (image 10 MB, file 30 MB)'],
    ['缩小后再发。', 'Make it smaller.'],
  ),
  234007: row(
    'setup',
    ['应用没有启用机器人能力', 'the app has no bot ability'],
    ['在开发者后台添加「机器人」能力并发布。', 'Add the bot ability and publish.'],
    { page: 'bot' },
  ),
  234010: row(
    'message',
    ['文件是空的', 'the file is empty'],
    ['检查做出这个文件的那一步。', 'See to what makes the file.'],
  ),
  234011: row('message', ['认不出图片格式', 'the image’s format is not known'], ['用 PNG 或 JPG。', 'Use PNG or JPG.']),
  234039: row(
    'message',
    ['图片的长宽太大(GIF 2000,其余 12000)', 'the image is too wide or too high (GIF 2000, others 12000)'],
    ['缩小后再发。', 'Make it smaller.'],
  ),
  40004: row(
    'setup',
    ['部门不在应用的通讯录权限范围内', 'the department is outside the app’s contact range'],
    ['在开发者后台扩大通讯录权限范围。', 'Widen the contact range in the developer console.'],
    { page: 'scopes' },
  ),
  41050: row(
    'setup',
    ['这个人不在应用的通讯录权限范围内', 'the person is outside the app’s contact range'],
    ['在开发者后台扩大通讯录权限范围。', 'Widen the contact range in the developer console.'],
    { page: 'scopes' },
  ),
};

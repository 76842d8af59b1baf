import type { Words } from '../model/errors.ts';
import type { Text } from '../model/text.ts';

export const wakeWords = {
  'systemctl-failed': (p: { command: string; why: Text }) => ({
    message: { zh: `systemctl ${p.command} 没有成功:${p.why.zh}`, en: `systemctl ${p.command} failed: ${p.why.en}` },
    hint: {
      zh: '这台机器没有用 systemd 就改用 larkcron crontab install;larkcron systemd show 显示单元文件,可以手动安装。',
      en: 'Where systemd is not at work use larkcron crontab install; larkcron systemd show prints the unit, to install by hand.',
    },
  }),
  'no-crontab': () => ({
    message: { zh: '这台机器上没有 crontab 程序。', en: 'There is no crontab program on this machine.' },
    hint: {
      zh: '安装 cron(Debian/Ubuntu: apt-get install cron),或用别的办法每分钟运行 larkcron tick。',
      en: 'Install cron (Debian/Ubuntu: apt-get install cron), or run larkcron tick every minute by other means.',
    },
  }),
  'crontab-failed': (p: { why: string }) => ({
    message: { zh: `crontab 程序报错:${p.why}`, en: `The crontab program failed: ${p.why}` },
    hint: {
      zh: '看看是否允许当前用户使用 cron(/etc/cron.allow)。',
      en: 'See whether this user may use cron (/etc/cron.allow).',
    },
  }),
  'no-crontab-line': (p: { cron: string }) => ({
    message: { zh: `${p.cron} 写不成一行 crontab。`, en: `${p.cron} cannot be one crontab line.` },
    hint: {
      zh: '带秒的、多个 cron、every、at 和顺延只能靠 tick:larkcron crontab install。',
      en: 'Seconds, lists of crons, every, at and shifted days need tick: larkcron crontab install.',
    },
  }),
  'cron-zone': (p: { job: string; zone: string; machine: string }) => ({
    message: {
      zh: `${p.job} 的时区是 ${p.zone},这台机器(也就是 cron)是 ${p.machine}:这一行会在别的时刻运行。`,
      en: `${p.job} is in ${p.zone}, this machine (and so its cron) in ${p.machine}: the line would run at another time.`,
    },
    hint: {
      zh: '改用 larkcron crontab install,时区由 larkcron 处理。',
      en: 'Use larkcron crontab install, and larkcron minds the zone.',
    },
  }),
  'cron-variables': (p: { names: readonly string[] }) => ({
    message: {
      zh: `设置用到这些环境变量,cron 下却没有:${p.names.join('、')}。`,
      en: `The settings use these variables, which cron will not have: ${p.names.join(', ')}.`,
    },
    hint: { zh: '把它们写进 larkcron.yaml 旁的 .env。', en: 'Write them into the .env beside larkcron.yaml.' },
  }),
  'cron-silent': (p: { log: string }) => ({
    message: { zh: '70 秒内 cron 没有叫醒 larkcron。', en: 'cron did not wake larkcron within 70 seconds.' },
    hint: {
      zh: `cron 在运行吗?(service cron status)再看 ${p.log}。`,
      en: `Is cron running (service cron status)? Then see ${p.log}.`,
    },
  }),
} satisfies Words;

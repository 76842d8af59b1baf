import { basename, dirname, join } from 'node:path';
import { digest } from '../base/ids.ts';

/** What a unit needs to know: absolute paths, and who runs it. */
export interface UnitPlaces {
  readonly node: string;
  readonly program: string;
  /** larkcron.yaml */
  readonly config: string;
  /** of the machine, or of one user, without root */
  readonly scope: 'system' | 'user';
  /** whose files the project's are; of the machine's unit */
  readonly uid: number;
}

/** One word of ExecStart: in quotes, `%` and `$` are systemd's own (systemd.service: command lines). */
const word = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`;
/** A path as the whole of a line, or quoted in a list. */
const path = (text: string): string => text.replaceAll('%', '%%');
const quotedPath = (text: string): string => `"${path(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** The unit's name: the folder's, as far as systemd takes it, and what keeps two projects of one name apart. */
export const unitName = (config: string): string => {
  const slug = basename(dirname(config))
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return `larkcron-${slug === '' ? '' : `${slug}-`}${digest([config], 8)}.service`;
};

/**
 * A unit for `larkcron start` (systemd.service, systemd.exec). It says when it is ready and that it still goes round, is
 * started again when it fails, though not where the settings are wrong (2), and may write nothing but its own folder.
 * Left alone, since they would take away what sources need: namespaces (the browser's sandbox), writable memory that
 * runs (V8), devices and home folders.
 */
export const unitText = ({ node, program, config, scope, uid }: UnitPlaces): string => {
  const directory = dirname(config);
  const hardening =
    scope === 'user'
      ? ['NoNewPrivileges=yes']
      : [
          `User=${uid}`,
          'NoNewPrivileges=yes',
          'ProtectSystem=strict',
          `ReadWritePaths=${quotedPath(join(directory, '.larkcron'))}`,
          'PrivateTmp=yes',
          'ProtectKernelTunables=yes',
          'ProtectKernelModules=yes',
          'ProtectControlGroups=yes',
          'RestrictSUIDSGID=yes',
          'RestrictRealtime=yes',
          'LockPersonality=yes',
        ];
  return `${[
    '# made by larkcron systemd',
    '[Unit]',
    `Description=larkcron ${path(basename(directory))}`,
    ...(scope === 'system' ? ['Wants=network-online.target', 'After=network-online.target'] : []),
    '',
    '[Service]',
    'Type=notify',
    'NotifyAccess=all',
    `ExecStart=${[node, program, 'start', '--config', config, '--quiet'].map(word).join(' ')}`,
    `WorkingDirectory=${path(directory)}`,
    'Restart=on-failure',
    'RestartSec=5',
    'RestartPreventExitStatus=2',
    'SuccessExitStatus=143',
    'WatchdogSec=180',
    'TimeoutStopSec=90',
    'KillMode=mixed',
    'UMask=0077',
    ...hardening,
    '',
    '[Install]',
    `WantedBy=${scope === 'system' ? 'multi-user.target' : 'default.target'}`,
  ].join('\n')}\n`;
};

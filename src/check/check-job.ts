import { existsSync, readFileSync } from 'node:fs';
import { checkCardSpec } from '../card/check-spec.ts';
import { checkTemplate } from '../card/check-template.ts';
import { checkCard } from '../card/rules.ts';
import { configWords } from '../config/words.ts';
import type { Template } from '../model/card.ts';
import type { Json } from '../model/dataset.ts';
import { type Problem, problem } from '../model/errors.ts';
import type { Job, MessageSpec, SourceSpec } from '../model/job.ts';
import { runWords } from '../run/words.ts';

/** What every template sees beside its datasets. */
const ALWAYS = ['due', 'now', 'job', 'run', 'last'];

const isTemplate = (value: unknown): value is Template =>
  typeof value === 'object' && value !== null && 'source' in value && 'at' in value;

const templatesOf = (spec: SourceSpec): readonly Template[] => {
  switch (spec.source) {
    case 'rows':
    case 'file':
      return [];
    case 'sql':
      return Object.values(spec.params).filter(isTemplate);
    case 'http':
      return [spec.url, ...Object.values(spec.headers)];
    case 'command':
      return [...spec.argv, ...Object.values(spec.env)];
  }
};

/** Files that are there or not: no network, no database. */
const fileOf = (spec: SourceSpec): string | null => {
  if (spec.source === 'file') return spec.path;
  return spec.source === 'sql' ? (/^sqlite:(.+)$/.exec(spec.url)?.[1] ?? null) : null;
};

const checkSource = (spec: SourceSpec, names: readonly string[]): Problem[] => {
  const file = fileOf(spec);
  const missing =
    file !== null && !existsSync(file) ? [problem(configWords, 'file-missing', { path: file }, { at: spec.at })] : [];
  return [...missing, ...templatesOf(spec).flatMap((template) => checkTemplate(template, 'plain', names))];
};

const checkRaw = (message: Extract<MessageSpec, { kind: 'raw' }>): Problem[] => {
  const { raw, at } = message;
  if ('command' in raw) return [];
  const placed = (card: Json): Problem[] => checkCard(card).map((finding) => ({ ...finding, at: finding.at ?? at }));
  if ('card' in raw) return placed(raw.card);
  try {
    return placed(JSON.parse(readFileSync(raw.file, 'utf8').replace(/^\uFEFF/, '')) as Json);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT'
      ? [problem(configWords, 'file-missing', { path: raw.file }, { at })]
      : [problem(runWords, 'raw-not-json', { from: raw.file, why: (error as Error).message }, { at })];
  }
};

/** Everything about a sound job file that can be known without network, databases or commands. */
export const checkJob = (job: Job): Problem[] => {
  const datasets = Object.keys(job.data);
  const names = [...ALWAYS, ...datasets];
  const sources = Object.entries(job.data).flatMap(([name, spec]) => {
    // a source may use those above it
    const earlier = datasets.slice(0, datasets.indexOf(name));
    return checkSource(spec, [...ALWAYS, ...earlier]);
  });
  const { message } = job;
  switch (message.kind) {
    case 'text':
      return [...sources, ...checkTemplate(message.text, 'plain', names)];
    case 'card':
      return [...sources, ...checkCardSpec(message.card, datasets)];
    case 'raw':
      return [...sources, ...checkRaw(message)];
  }
};

import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { jsonFault } from '../base/json-text.ts';
import { checkFixed } from '../card/check-fixed.ts';
import { checkCardSpec, translationsOf } from '../card/check-spec.ts';
import { checkTemplate } from '../card/check-template.ts';
import { isImageKey } from '../card/escape.ts';
import { isRenewable } from '../card/renewable.ts';
import { checkCard } from '../card/rules/check-card.ts';
import { placesIn } from '../config/places.ts';
import { configWords } from '../config/words.ts';
import { blocksOf, type CardSpec, type FromDataset, type ImageSource, type Template } from '../model/card.ts';
import type { Json } from '../model/dataset.ts';
import { type Place, type Problem, problem } from '../model/errors.ts';
import type { AttachSpec, Job, MessageSpec, SourceSpec, TemplateVariable } from '../model/job.ts';
import { own } from '../model/own.ts';
import type { ScreenshotSource } from '../model/screenshot.ts';
import { noPicture } from '../run/dataset-picture.ts';
import { fileFault, fileProblem } from '../run/files.ts';
import { unknownDataset } from '../run/parts.ts';
import { isWebAddress } from '../run/pictures.ts';
import { runWords } from '../run/words.ts';
import { isPattern } from '../source/file.ts';
import { checkConditions, offeredBy } from './check-sending.ts';

/** What every template sees beside its datasets. */
const ALWAYS = ['due', 'now', 'job', 'run', 'last'];

const isTemplate = (value: unknown): value is Template =>
  typeof value === 'object' && value !== null && 'source' in value && 'at' in value;

const templatesOf = (spec: SourceSpec): readonly Template[] => {
  switch (spec.source) {
    case 'rows':
    case 'use':
    case 'function':
      return [];
    case 'sheet':
      return [];
    case 'file':
      return [spec.path];
    case 'bitable':
      return spec.filter?.conditions.flatMap(({ values }) => values) ?? [];
    case 'screenshot':
      return screenshotTemplates(spec);
    case 'health':
      return spec.checks.flatMap(({ probe }) => (probe.probe === 'http' ? [probe.url] : []));
    case 'sql':
      return Object.values(spec.params).filter(isTemplate);
    case 'http':
      return [
        spec.url,
        ...Object.values(spec.headers),
        ...(spec.auth === null ? [] : Object.values(spec.auth)),
        ...(spec.body?.templates ?? []).map(({ template }) => template),
      ];
    case 'command':
      return [...spec.argv, ...Object.values(spec.env)];
  }
};

const screenshotTemplates = (spec: ScreenshotSource): readonly Template[] => [
  spec.url,
  ...Object.values(spec.headers),
  ...Object.values(spec.cookies),
  ...(spec.auth === null ? [] : Object.values(spec.auth)),
  ...spec.login.flatMap((step) => {
    if (step.step === 'goto') return [step.url];
    return step.step === 'fill' ? step.fields.map(({ value }) => value) : [];
  }),
];

/** Files that are there or not: no network, no database. */
const fileOf = (spec: SourceSpec, directory: string): string | null => {
  if (spec.source === 'file') {
    const { source } = spec.path;
    return source.includes('{') || isPattern(source) ? null : resolve(directory, source);
  }
  return spec.source === 'sql' ? (/^sqlite:(.+)$/.exec(spec.url)?.[1] ?? null) : null;
};

const checkSource = (spec: SourceSpec, names: readonly string[], directory: string): Problem[] => {
  const file = fileOf(spec, directory);
  const missing =
    file !== null && !existsSync(file) ? [problem(configWords, 'file-missing', { path: file }, { at: spec.at })] : [];
  return [...missing, ...templatesOf(spec).flatMap((template) => checkTemplate(template, 'plain', names))];
};

const checkRaw = (message: Extract<MessageSpec, { kind: 'raw' }>, { together }: Job): Problem[] => {
  const { raw, at } = message;
  if ('command' in raw) return [];
  const checked = (card: Json, placeOf: () => (path: string | null) => Place | null): Problem[] => {
    const found = checkCard(card);
    // most cards are sound: their places are looked up only when one is asked for
    const place = found.length === 0 ? null : placeOf();
    const isFixed = together === 'update' && !isRenewable(card);
    return [
      ...found.map((finding) => ({ ...finding, at: place?.(finding.path) ?? at })),
      ...(isFixed ? [problem(runWords, 'card-not-renewable', undefined, { at })] : []),
    ];
  };
  if ('card' in raw) return checked(raw.card, () => raw.placeOf);
  let text: string;
  try {
    text = readFileSync(raw.file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const { code, message: why } = error as NodeJS.ErrnoException;
    return code === 'ENOENT'
      ? [problem(configWords, 'file-missing', { path: raw.file }, { at })]
      : [problem(configWords, 'file-unreadable', { path: raw.file, why: code ?? why }, { at })];
  }
  let card: Json;
  try {
    card = JSON.parse(text) as Json;
  } catch {
    const { line, column, why } = jsonFault(text);
    return [problem(configWords, 'json-syntax', { why }, { at: { file: raw.file, line, column } })];
  }
  return checked(card, () => placesIn(text, raw.file));
};

/** Everything about a sound job file that can be known without network, databases or commands. */
export const checkJob = (job: Job): Problem[] => {
  const datasets = Object.keys(job.data);
  const offered = offeredBy(job);
  const all = [...datasets, ...offered];
  const names = [...ALWAYS, ...all.filter((name) => !name.includes('.'))];
  const sources = Object.entries(job.data).flatMap(([name, spec]) => {
    // a source may use those above it
    const earlier = datasets.slice(0, datasets.indexOf(name));
    return checkSource(spec, [...ALWAYS, ...earlier], dirname(dirname(job.file)));
  });
  return [
    ...checkUrgent(job),
    ...sources,
    ...checkConditions(job),
    ...checkMessage(job, names, all),
    ...job.attach.flatMap((spec) => checkAttached(spec, names, all, job)),
  ];
};

/** Told at once are people, never a group as a whole (im-v1/buzz-messages). */
const checkUrgent = ({ urgent, to, each, file }: Job): Problem[] =>
  urgent === null ||
  (each !== null && each.type !== 'chat_id') ||
  to.some(({ idType }) => idType !== 'chat_id' && idType !== 'webhook')
    ? []
    : [
        problem(runWords, 'urgent-nobody', undefined, {
          at: { file, line: 1, column: 1 },
          severity: 'warning',
        }),
      ];

const checkMessage = (job: Job, names: readonly string[], datasets: readonly string[]): Problem[] => {
  const { message } = job;
  switch (message.kind) {
    case 'text':
      return checkTemplate(message.text, 'plain', names);
    case 'post':
      return [
        ...(message.title === null ? [] : translationsOf(message.title)).flatMap((each) =>
          checkTemplate(each, 'plain', names),
        ),
        ...translationsOf(message.body).flatMap((each) => checkTemplate(each, 'lark_md', names)),
      ];
    case 'card':
      return [
        ...checkCardSpec(message.card, datasets),
        ...checkFixed(message.card),
        ...checkImages(message.card, names, job),
      ];
    case 'raw':
      return checkRaw(message, job);
    case 'template':
      return Object.values(message.template.variables).flatMap((variable) =>
        checkVariable(variable, names, datasets, job),
      );
    case 'made':
      return [];
    case 'image':
    case 'file':
      return checkUpload(message.kind, message, names, job);
  }
};

const checkVariable = (
  variable: TemplateVariable,
  names: readonly string[],
  datasets: readonly string[],
  job: Job,
): Problem[] => {
  switch (variable.as) {
    case 'json':
      return [];
    case 'rows':
      return datasets.includes(variable.dataset) ? [] : [unknownDataset(variable.dataset, datasets, variable.at)];
    case 'image':
      return 'source' in variable.path && isImageKey(variable.path.source.trim())
        ? []
        : checkUpload('image', { path: variable.path, name: null }, names, job);
    default: {
      const { as } = variable;
      return checkTemplate(variable.value, as === 'number' || as === 'boolean' ? 'plain' : as, names);
    }
  }
};

const checkImages = ({ body, icon }: CardSpec, names: readonly string[], job: Job): Problem[] => {
  const sources: readonly ImageSource[] = [
    ...(icon !== null && 'src' in icon ? [icon.src] : []),
    ...blocksOf(body).flatMap((block) => (block.block === 'image' ? [block.src] : [])),
  ];
  return (
    sources
      // templates are looked at with the card's others, and so are names that no dataset has
      .filter((one) => ('from' in one ? Object.hasOwn(job.data, one.from) : !one.source.includes('{')))
      .flatMap((path) => checkUpload('image', { path, name: null }, names, job))
  );
};

/** Only a screenshot has a picture; `use` hands it on. */
const checkPictureOf = (wanted: FromDataset, { data }: Job): Problem[] => {
  let spec = own(data, wanted.from);
  while (spec?.source === 'use') spec = own(data, spec.name);
  if (!Object.hasOwn(data, wanted.from)) return [unknownDataset(wanted.from, Object.keys(data), wanted.at)];
  return spec?.source === 'screenshot' ? [] : [noPicture(wanted)];
};

/** A file whose path is known now is looked at now; one that data names, when it is sent. */
const checkUpload = (
  as: 'image' | 'file',
  { path, name }: { path: ImageSource; name: Template | null },
  names: readonly string[],
  job: Job,
): Problem[] => {
  const named = name === null ? [] : [name];
  if ('from' in path)
    return [...checkPictureOf(path, job), ...named.flatMap((one) => checkTemplate(one, 'plain', names))];
  const templates = [path, ...named].flatMap((one) => checkTemplate(one, 'plain', names));
  if (templates.length > 0 || path.source.includes('{')) return templates;
  // pictures of the web are looked at when they are sent: check uses no network
  if (as === 'image' && isWebAddress(path.source)) return [];
  const file = resolve(dirname(dirname(job.file)), path.source);
  const fault = fileFault(file, as);
  return fault === null ? [] : [fileProblem(fault, file, as, path.at)];
};

const checkAttached = (
  spec: AttachSpec,
  names: readonly string[],
  datasets: readonly string[],
  job: Job,
): Problem[] => {
  if ('path' in spec) return checkUpload(spec.attach, spec, names, job);
  const wanted = spec.attach === 'csv' ? [spec.dataset] : spec.datasets;
  return [
    ...wanted.flatMap((name) => (datasets.includes(name) ? [] : [unknownDataset(name, datasets, spec.at)])),
    ...(spec.name === null ? [] : checkTemplate(spec.name, 'plain', names)),
  ];
};

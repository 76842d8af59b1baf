import { isImageKey } from '../card/escape.ts';
import { CARD_BYTES } from '../card/rules/limits.ts';
import type { Scope } from '../card/scope.ts';
import { fill, fillValue } from '../card/template.ts';
import { variableNumber, variableOf } from '../card/variable.ts';
import { cardWords } from '../card/words.ts';
import type { ImageSource, Template } from '../model/card.ts';
import type { Json } from '../model/dataset.ts';
import { LarkcronError, type Place, type Problem, problem } from '../model/errors.ts';
import type { TemplateMessage, TemplateVariable, VariableKind } from '../model/job.ts';
import { nearest } from '../model/nearest.ts';
import { own } from '../model/own.ts';
import type { FileToUpload } from './files.ts';
import { type Made, type Part, unknownDataset } from './parts.ts';
import { pictureAt } from './picture-at.ts';
import { readPicture } from './pictures.ts';
import { runWords } from './words.ts';

const refusal = (found: Problem): LarkcronError =>
  new LarkcronError(found.code, found, { status: 2, problems: [found] });

const written = (as: VariableKind, value: Template, scope: Scope, at: Place | null, name: string): Json => {
  if (as === 'plain' || as === 'markdown' || as === 'link') return fill(value, as, scope);
  const filled = fillValue(value, scope);
  const json = as === 'number' ? variableNumber(filled) : variableOf(filled, 'boolean');
  if (json !== null) return json;
  throw refusal(problem(runWords, 'template-variable', { name, as, value: String(filled ?? '') }, { at }));
};

const rowsOf = (name: string, spec: Extract<TemplateVariable, { as: 'rows' }>, { data }: Made): Json => {
  const dataset = own(data, spec.dataset);
  if (dataset === undefined) throw refusal(unknownDataset(spec.dataset, Object.keys(data), spec.at));
  const { columns, rows } = dataset;
  const chosen = spec.columns ?? columns.map((column) => ({ name: column, as: null }));
  const unknown = chosen.find((column) => columns.length > 0 && !columns.includes(column.name));
  if (unknown !== undefined)
    throw refusal(
      problem(
        cardWords,
        'unknown-column',
        { name: unknown.name, rows: spec.dataset, known: columns, suggestion: nearest(unknown.name, columns) },
        { at: spec.at },
      ),
    );
  return rows.map((row) =>
    Object.fromEntries(
      chosen.map(({ name: column, as }) => {
        const value = row[column] ?? null;
        const json = variableOf(value, as);
        if (json !== null) return [column, json];
        const fault = { name: `${name}.${column}`, as: as ?? 'plain', value: String(value ?? '') };
        throw refusal(problem(runWords, 'template-variable', fault, { at: spec.at }));
      }),
    ),
  );
};

/**
 * A card made in Feishu's builder, with its variables (im-v1/message/create_json: card template). Each variable is
 * written by its kind; what Feishu's builder makes of them is not known here. Throws with status 2 for a value that is
 * not of its kind, and for more than Feishu takes: nothing of a template can be cut.
 */
export const templatePart = async (message: TemplateMessage, made: Made): Promise<Part> => {
  const files: FileToUpload[] = [];
  const image = async (path: ImageSource): Promise<string> => {
    const text = 'from' in path ? null : fill(path, 'plain', made.scope).trim();
    if (text !== null && isImageKey(text)) return text;
    const file =
      text === null
        ? await pictureAt(path, { name: null, at: path.at }, made)
        : await readPicture(text, { name: null, at: path.at }, made.reach);
    if (!files.some(({ standIn }) => standIn === file.standIn)) files.push(file);
    return file.standIn;
  };
  const variableJson = async (name: string, spec: TemplateVariable): Promise<Json> => {
    switch (spec.as) {
      case 'json':
        return spec.json;
      case 'image':
        return image(spec.path);
      case 'rows':
        return rowsOf(name, spec, made);
      default:
        return written(spec.as, spec.value, made.scope, spec.at, name);
    }
  };
  const variables: [name: string, json: Json][] = [];
  for (const [name, spec] of Object.entries(message.variables)) variables.push([name, await variableJson(name, spec)]);
  const body = JSON.stringify({
    type: 'template',
    data: {
      template_id: message.id,
      ...(message.version === null ? {} : { template_version_name: message.version }),
      template_variable: Object.fromEntries(variables),
    },
  });
  const bytes = Buffer.byteLength(body);
  if (bytes > CARD_BYTES)
    throw refusal(problem(runWords, 'template-size', { bytes, limit: CARD_BYTES }, { at: message.at }));
  return { kind: 'template', content: { msgType: 'interactive', body }, card: null, files };
};

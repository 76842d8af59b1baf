import type { Json } from '../model/dataset.ts';
import { ok, refuse } from './answer.ts';
import { BOOK, SHEETS, WIKI } from './documents.ts';
import { type ApiRequest, type Endpoint, isFields } from './request.ts';

const isHere = ({ params }: ApiRequest): boolean => params['token'] === BOOK;

/** `GET sheets/v3/spreadsheets/:token/sheets/query` */
export const querySheets: Endpoint = (request) =>
  isHere(request)
    ? ok({
        sheets: SHEETS.map(({ id, title, hidden, cells }, index) => ({
          sheet_id: id,
          title,
          index,
          hidden,
          grid_properties: { row_count: cells.length, column_count: cells[0]?.length ?? 0 },
        })),
      })
    : refuse(91402, { msg: 'NOTEXIST' });

/** What a cell gives: by default the formula's text and a date's serial number (sheets-v2: reading a range). */
const rendered = (cell: unknown, query: URLSearchParams): Json => {
  if (!isFields(cell)) return (cell ?? null) as Json;
  if ('formula' in cell)
    return (query.get('valueRenderOption') === 'UnformattedValue' ? cell['value'] : cell['formula']) as Json;
  if ('serial' in cell)
    return (query.get('dateTimeRenderOption') === 'FormattedString' ? cell['text'] : cell['serial']) as Json;
  return cell as Json;
};

const column = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** `GET sheets/v2/spreadsheets/:token/values/:range`: `<sheetId>` or `<sheetId>!A1:B2` */
export const readValues: Endpoint = (request) => {
  if (!isHere(request)) return refuse(91402, { msg: 'NOTEXIST' });
  const [id = '', cells] = (request.params['range'] ?? '').split('!');
  const sheet = SHEETS.find((each) => each.id === id);
  const [, left = 'A', top = '1', right = 'ZZZ', bottom = '9999999'] =
    /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(cells ?? 'A1:ZZZ9999999') ?? [];
  if (sheet === undefined || (cells !== undefined && !/^[A-Z]+\d+:[A-Z]+\d+$/.test(cells)))
    return refuse(90202, { msg: 'wrong range' });
  const values = sheet.cells
    .slice(Number(top) - 1, Number(bottom))
    .map((row) => row.slice(column(left), column(right) + 1).map((cell) => rendered(cell, request.query)));
  return ok({
    revision: 1,
    spreadsheetToken: BOOK,
    valueRange: { majorDimension: 'ROWS', range: request.params['range'] ?? '', revision: 1, values },
  });
};

/** `GET wiki/v2/spaces/get_node?token=…`: what a node of a wiki is, and the document behind it. */
export const getNode: Endpoint = ({ query }) => {
  const node = Object.hasOwn(WIKI, query.get('token') ?? '') ? WIKI[query.get('token') ?? ''] : undefined;
  return node === undefined
    ? refuse(131005, { msg: 'not found: node' })
    : ok({
        node: { space_id: '7', node_token: query.get('token'), obj_token: node.token, obj_type: node.type, title: '' },
      });
};

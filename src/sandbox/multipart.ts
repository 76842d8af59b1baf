/** One field of a form: text fields have no file name. */
export interface Part {
  readonly name: string;
  readonly fileName: string | null;
  readonly bytes: Buffer;
}

const parameter = (header: string, name: string): string | null =>
  new RegExp(`[;\\s]${name}="([^"]*)"`, 'i').exec(header)?.[1] ?? null;

const HEAD_END = Buffer.from('\r\n\r\n');

const partOf = (bytes: Buffer): readonly Part[] => {
  const end = bytes.indexOf(HEAD_END);
  const header = bytes.toString('utf8', 0, Math.max(0, end));
  const name = parameter(header, 'name');
  return end < 0 || name === null
    ? []
    : [{ name, fileName: parameter(header, 'filename'), bytes: bytes.subarray(end + HEAD_END.length) }];
};

/** Takes a multipart/form-data body apart (RFC 7578); null when it is none. */
export const partsOf = (contentType: string, body: Buffer): readonly Part[] | null => {
  const match = /^multipart\/form-data;.*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  if (match === null) return null;
  const boundary = Buffer.from(`--${match[1] ?? match[2]}`);
  const parts: Part[] = [];
  let start = body.indexOf(boundary);
  while (start >= 0) {
    const next = body.indexOf(Buffer.concat([Buffer.from('\r\n'), boundary]), start);
    if (next < 0) break;
    parts.push(...partOf(body.subarray(start + boundary.length, next)));
    start = next + 2;
  }
  return parts;
};

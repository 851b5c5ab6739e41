import { Refusal } from './refusal';

/** What is kept of an upload: the activity as JSON text, if any, and the number of files. Their bytes, names and types are not. */
export interface Upload {
  readonly activity: unknown;
  readonly files: number;
}

const maxFiles = 20;
const maxActivityBytes = 64 * 1024;

async function readForm(body: Buffer, contentType: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw new Refusal('bad_upload', 'Read upload: it is not a valid multipart form; expected a part "activity" and parts "file"');
  }
}

async function readActivityPart(part: File | string | null): Promise<unknown> {
  if (part === null) return { type: 'message' };
  const size = typeof part === 'string' ? part.length : part.size;
  if (size > maxActivityBytes) throw new Refusal('too_large', 'Read upload: the part "activity" is too large; expected at most 64 KB');
  try {
    return JSON.parse(typeof part === 'string' ? part : await part.text());
  } catch {
    throw new Refusal('bad_json', 'Read upload: the part "activity" is not valid JSON; expected a JSON object in UTF-8');
  }
}

/** Parses a multipart upload and lets go of every file: we cannot look at photos, so we must not keep them. */
export async function readUpload(body: unknown, contentType: string): Promise<Upload> {
  if (!Buffer.isBuffer(body)) {
    throw new Refusal('unsupported_media_type', 'Read upload: it is not a form; expected multipart/form-data');
  }
  const form = await readForm(body, contentType);
  const parts = [...form.entries()];
  const files = parts.filter(([name, part]) => name !== 'activity' && typeof part !== 'string').length;
  if (files === 0 || files > maxFiles) {
    throw new Refusal('bad_upload', `Read upload: it holds ${files} files; expected 1 to ${maxFiles}`);
  }
  return { activity: await readActivityPart(form.get('activity')), files };
}

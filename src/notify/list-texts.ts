import { z } from 'zod';
import type { ListedText } from '../model/sms-edge';
import type { Deadline } from './attempt';
import { readNetworkFault } from './attempt';

/** What a page of Twilio's message list holds of each text. */
const page = z.object({
  messages: z.array(
    z.object({
      sid: z.string(),
      direction: z.string(),
      from: z.string().nullable(),
      to: z.string(),
      body: z.string().nullable(),
      num_media: z.coerce.number().int().min(0).catch(0),
      date_created: z.string(),
    }),
  ),
  next_page_uri: z.string().nullish(),
});
const PAGE_DEADLINE_MS = 10_000;
/** More pages than a clinic fills in a day; the rest is found at the next look. */
const MOST_PAGES = 20;

/** How the list is asked for. */
export interface ListParts {
  readonly account: { readonly apiBaseUrl: string; readonly accountSid: string };
  readonly authorization: string;
  readonly deadline: Deadline;
}

/** Reads Twilio's list of texts to a number, page by page; null when it does not answer or makes no sense. */
export async function listTexts(parts: ListParts, number: string, since: number): Promise<readonly ListedText[] | null> {
  const { apiBaseUrl, accountSid } = parts.account;
  // Twilio's list can be narrowed to days only.
  const query = new URLSearchParams({ To: number, 'DateSent>': new Date(since).toISOString().slice(0, 10), PageSize: '200' });
  let uri: string | null = `/2010-04-01/Accounts/${accountSid}/Messages.json?${query.toString()}`;
  const found: ListedText[] = [];
  for (let pages = 0; uri !== null && pages < MOST_PAGES; pages++) {
    const answer: z.infer<typeof page> | null = await readPage(parts, apiBaseUrl + uri);
    if (answer === null) return null;
    for (const { sid, direction, from, to, body, num_media, date_created } of answer.messages) {
      const sentAt = Date.parse(date_created);
      if (direction !== 'inbound' || from === null || !(sentAt >= since - 1_000)) continue;
      found.push({ messageId: sid, from, to, text: body ?? '', media: num_media, sentAt });
    }
    uri = answer.next_page_uri?.startsWith('/') ? answer.next_page_uri : null;
  }
  return found.toReversed().toSorted((a, b) => a.sentAt - b.sentAt);
}

async function readPage({ authorization, deadline }: ListParts, url: string): Promise<z.infer<typeof page> | null> {
  const signal = deadline(PAGE_DEADLINE_MS);
  try {
    const response = await fetch(url, { headers: { authorization }, redirect: 'manual', signal });
    const text = await response.text();
    const read = response.ok ? page.safeParse(JSON.parse(text)) : null;
    return read?.success ? read.data : null;
  } catch (error) {
    if (error instanceof SyntaxError || signal.aborted || readNetworkFault(error) !== null) return null;
    throw error;
  }
}

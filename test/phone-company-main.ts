import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openPhoneCompany } from './phone-company';

/**
 * The phone company as a process of its own, for tests that kill our server and look afterwards at what was sent:
 *
 *     node -r ./test/run-typescript.js test/phone-company-main.ts --port 4010 --log sent.jsonl --public http://127.0.0.1:3978
 *
 * It appends a line to the log for each text and call before it answers, prints `ready <url>`, and ends at SIGTERM. `--server` names
 * where the public address is reached in truth; `--account` and `--token` those of the account.
 */
async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { port: text, log: text, public: text, server: text, account: text, token: text } });
  const { port = '0', log, public: publicUrl = 'http://127.0.0.1:3978', server = publicUrl, account, token } = values;
  if (log === undefined) throw new Error('Start phone company: expected --log and a file.');
  const company = await openPhoneCompany({
    ...{ port: Number(port), publicUrl, serverUrl: () => server },
    ...(account === undefined ? {} : { accountSid: account }),
    ...(token === undefined ? {} : { authToken: token }),
    onTaken: ({ kind, sid, to, id, pageId, at }) => appendFileSync(log, `${JSON.stringify({ at, kind, sid, to, id, pageId })}\n`),
  });
  process.stdout.write(`ready ${company.url} ${company.accountSid} ${company.authToken}\n`);
  process.once('SIGTERM', () => void company.close().then(() => process.exit(0)));
}

void main();

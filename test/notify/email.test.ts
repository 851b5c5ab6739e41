import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { Notifier } from '../../src/model/escalation';
import { systemDeadline } from '../../src/notify/attempt';
import { makeEmailNotifier } from '../../src/notify/email';
import { staffMessage } from './staff-message';

/** A real SMTP server that keeps what it gets; `refuse` answers a recipient with a status and text, `password` is asked for. */
async function openMailbox({
  refuse,
  password,
}: { readonly refuse?: { readonly code: number; readonly text: string }; readonly password?: string } = {}) {
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: password === undefined,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (auth, _session, done) => (auth.password === password ? done(null, { user: 'clinic' }) : done(new Error('wrong password'))),
    onRcptTo: (_address, _session, done) => (refuse ? done(Object.assign(new Error(refuse.text), { responseCode: refuse.code })) : done()),
    onData: (stream, _session, done) => {
      let mail = '';
      stream.on('data', (chunk: Buffer) => (mail += chunk.toString('utf8')));
      stream.on('end', () => {
        mails.push(mail);
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => server.close(resolve));
  return { mails, port, close };
}

const mailer = (port: number): Notifier =>
  makeEmailNotifier({ url: `smtp://127.0.0.1:${port}`, from: 'aftercare@clinic.example' }, systemDeadline);
const toBen = staffMessage({ to: 'ben@clinic.example', person: { id: 'ben', name: 'Ben' } });

describe('a mail to staff', () => {
  it('arrives with its link as text and HTML, and is marked as made by a machine', async () => {
    const mailbox = await openMailbox();
    expect(await mailer(mailbox.port).send(toBen, 5_000)).toEqual({ kind: 'sent', providerId: '<page_1@clinic.example>' });
    const [mail] = mailbox.mails;
    expect(mail).toMatch(/^From: Glow Clinic <aftercare@clinic\.example>/m);
    expect(mail).toMatch(/^To: Ben <ben@clinic\.example>/m);
    expect(mail).toMatch(/^Subject: URGENT aftercare message waiting, ref 12 \(Glow Clinic\)/m);
    expect(mail).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(mail).toMatch(/text\/plain[\s\S]*https:\/\/chat\.clinic\.example\/ack\/Tk3[\s\S]*text\/html[\s\S]*ack\/Tk3/);
    await mailbox.close();
  });

  it('that is tried again keeps its Message-ID', async () => {
    const mailbox = await openMailbox();
    await mailer(mailbox.port).send(toBen, 5_000);
    await mailer(mailbox.port).send({ ...toBen, id: 'another attempt' }, 5_000);
    expect(mailbox.mails.map((mail) => /^Message-ID: (.+)$/im.exec(mail)?.[1]?.trim())).toEqual(
      Array.from({ length: 2 }, () => '<page_1@clinic.example>'),
    );
    await mailbox.close();
  });

  it.each([
    [550, '5.1.1 no such person', true],
    [554, '5.7.1 refused', true],
    [451, '4.7.1 greylisted, come back later', false],
    [421, '4.3.2 closing', false],
  ])('that the server refuses with %i %s is permanent: %s', async (code, text, permanent) => {
    const mailbox = await openMailbox({ refuse: { code, text } });
    expect(await mailer(mailbox.port).send(toBen, 5_000)).toEqual({ kind: 'failed', permanent, code: String(code) });
    await mailbox.close();
  });

  it('signs in to the server, and fails for good when it may not', async () => {
    const mailbox = await openMailbox({ password: 'right' });
    const as = (password: string) =>
      makeEmailNotifier({ url: `smtp://clinic:${password}@127.0.0.1:${mailbox.port}`, from: 'aftercare@clinic.example' }, systemDeadline);
    expect(await as('right').send(toBen, 5_000)).toMatchObject({ kind: 'sent' });
    expect(await as('wrong').send(toBen, 5_000)).toEqual({ kind: 'failed', permanent: true, code: '535' });
    await mailbox.close();
  });

  it('to an address that is none fails for good', async () => {
    const mailbox = await openMailbox();
    expect(await mailer(mailbox.port).send({ ...toBen, to: '' }, 5_000)).toEqual({ kind: 'failed', permanent: true, code: 'EENVELOPE' });
    await mailbox.close();
  });

  it('lets no name add a line to its head', async () => {
    const mailbox = await openMailbox();
    const name = 'Glow\r\nBcc: eve@evil.example\r\n\r\nBody';
    await mailer(mailbox.port).send({ ...toBen, clinic: { ...toBen.clinic, name }, person: { id: 'ben', name } }, 5_000);
    expect(mailbox.mails[0]).not.toMatch(/^Bcc:/m);
    await mailbox.close();
  });

  it('fails for the moment when nobody listens, and when a server never greets', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    // our own deadline and the mail library's end at the same moment
    const code = expect.stringMatching(/^(timeout|ETIMEDOUT)$/) as string;
    const result = await mailer(port).send(toBen, 60);
    silent.close();
    expect(result).toEqual({ kind: 'failed', permanent: false, code });
    expect(await mailer(9).send(toBen, 5_000)).toMatchObject({ kind: 'failed', permanent: false });
  });
});

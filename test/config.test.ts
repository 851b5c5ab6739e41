import { readConfig } from '../src/config';

/** The text of the error that reading an environment ends in. */
function faultsOf(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
    return String(error);
  }
  throw new Error('Read settings: expected a refusal, got none.');
}

const live = {
  AFTERCARE_MODE: 'live',
  AFTERCARE_SECRET: 'x'.repeat(32),
  PUBLIC_URL: 'https://chat.clinic.example',
  CLINIC_FILES: 'clinic.yaml',
};

describe('settings', () => {
  it('need nothing for a demo', () => {
    expect(readConfig({})).toMatchObject({ port: 3978, host: '127.0.0.1', mode: 'demo', dataDir: './data', secret: null, clinicFiles: [] });
  });

  it('count as not given when they are empty', () => {
    expect(readConfig({ PORT: '', AFTERCARE_SECRET: '', PUBLIC_URL: '' })).toMatchObject({ port: 3978, secret: null, publicUrl: null });
  });

  it('are all named at once when they are wrong', () => {
    const faults = faultsOf({
      PORT: 'eighty',
      PUBLIC_URL: 'clinic',
      AFTERCARE_MODE: 'production',
      AFTERCARE_SECRET: 'short',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://x',
    });
    for (const name of ['PORT', 'PUBLIC_URL', 'AFTERCARE_MODE', 'AFTERCARE_SECRET', 'LOG_LEVEL', 'DATABASE_URL'])
      expect(faults).toMatch(new RegExp(`\\n  ${name}: `));
  });

  it('never repeat a secret that is too short', () => {
    expect(faultsOf({ AFTERCARE_SECRET: 'hunter2' })).not.toMatch(/hunter2/);
  });

  it('of live mode are all asked for at once, beside what is wrong', () => {
    const faults = faultsOf({ AFTERCARE_MODE: 'live', PORT: '-1' });
    for (const name of ['PORT', 'AFTERCARE_SECRET', 'PUBLIC_URL', 'CLINIC_FILES']) expect(faults).toMatch(new RegExp(`\\n  ${name}: `));
    expect(readConfig(live)).toMatchObject({ mode: 'live', clinicFiles: ['clinic.yaml'] });
  });

  it.each(['65536', '-1', '1.5', ' ', '0x50'])('refuse the port "%s"', (PORT) => {
    expect(faultsOf({ PORT })).toMatch(/PORT: /);
  });

  it('of live mode ask for an address that is encrypted', () => {
    expect(faultsOf({ ...live, PUBLIC_URL: 'http://chat.clinic.example' })).toMatch(/PUBLIC_URL: expected in live mode, the https address/);
  });

  it('take several clinic files, with commas between', () => {
    expect(readConfig({ CLINIC_FILES: ' a.yaml, b.yaml,' }).clinicFiles).toEqual(['a.yaml', 'b.yaml']);
    expect(readConfig({}).clinicFiles).toEqual([]);
  });

  const account = {
    TWILIO_ACCOUNT_SID: `AC${'0a'.repeat(16)}`,
    TWILIO_AUTH_TOKEN: 'token-of-the-account',
    PUBLIC_URL: 'https://chat.clinic.example/',
  };
  const mail = { SMTP_URL: 'smtps://user:pass@mail.example:465', SMTP_FROM: 'aftercare@clinic.example' };

  it('know no way to reach staff unless they are given one', () => {
    expect(readConfig({})).toMatchObject({ twilio: null, smtp: null, heartbeatUrl: null });
  });

  it('name the ways to reach staff', () => {
    expect(readConfig({ ...account, ...mail, HEARTBEAT_URL: 'https://watch.example/ping' })).toMatchObject({
      twilio: { accountSid: account.TWILIO_ACCOUNT_SID, authToken: 'token-of-the-account', apiBaseUrl: 'https://api.twilio.com' },
      smtp: { url: mail.SMTP_URL, from: mail.SMTP_FROM },
      heartbeatUrl: 'https://watch.example/ping',
    });
    expect(readConfig({ ...account, TWILIO_API_BASE_URL: 'http://127.0.0.1:4010/' }).twilio?.apiBaseUrl).toBe('http://127.0.0.1:4010');
  });

  it.each([
    [{ TWILIO_ACCOUNT_SID: account.TWILIO_ACCOUNT_SID }, ['TWILIO_AUTH_TOKEN', 'PUBLIC_URL']],
    [{ TWILIO_AUTH_TOKEN: 'token' }, ['TWILIO_ACCOUNT_SID', 'PUBLIC_URL']],
    [{ TWILIO_API_BASE_URL: 'https://api.twilio.com' }, ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN']],
    [{ SMTP_URL: mail.SMTP_URL }, ['SMTP_FROM']],
    [{ SMTP_FROM: mail.SMTP_FROM }, ['SMTP_URL']],
  ])('refuse %j alone, which would be found out at night', (environment, missing) => {
    const faults = faultsOf(environment as Record<string, string>);
    for (const name of missing) expect(faults).toMatch(new RegExp(`\\n  ${name}: expected beside `));
  });

  it('of all ways to reach staff are checked at once and never repeated', () => {
    const faults = faultsOf({
      TWILIO_ACCOUNT_SID: 'hunter1',
      TWILIO_AUTH_TOKEN: 'hunter2 hunter2',
      TWILIO_API_BASE_URL: 'http://hunter3.example',
      SMTP_URL: 'https://hunter4.example',
      SMTP_FROM: 'hunter5',
      HEARTBEAT_URL: 'ftp://hunter6.example',
    });
    for (const name of [
      'TWILIO_ACCOUNT_SID',
      'TWILIO_AUTH_TOKEN',
      'TWILIO_API_BASE_URL',
      'SMTP_URL',
      'SMTP_FROM',
      'HEARTBEAT_URL',
      'PUBLIC_URL',
    ])
      expect(faults).toMatch(new RegExp(`\\n  ${name}: `));
    expect(faults).not.toMatch(/hunter/);
  });

  it('are frozen', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });

  it('of Teams go together, and the type is SingleTenant', () => {
    const id = '11111111-2222-4333-8444-555555555555';
    const faults = faultsOf({ MicrosoftAppId: id });
    expect(faults).toMatch(/MicrosoftAppPassword: expected beside MicrosoftAppId/);
    expect(faults).toMatch(/MicrosoftAppTenantId: expected beside MicrosoftAppId/);
    expect(faultsOf({ ...live, MicrosoftAppPassword: 'secret-of-the-bot' })).toMatch(
      /MicrosoftAppId: expected beside MicrosoftAppPassword/,
    );
    expect(faultsOf({ MicrosoftAppPassword: 'hunter two' })).not.toMatch(/hunter/);
    const whole = { MicrosoftAppId: id, MicrosoftAppPassword: 'secret-of-the-bot', MicrosoftAppTenantId: id };
    expect(faultsOf({ ...whole, MicrosoftAppType: 'MultiTenant' })).toMatch(/MicrosoftAppType: expected SingleTenant/);
    expect(faultsOf({ ...whole, MicrosoftAppId: 'my-bot' })).toMatch(/MicrosoftAppId: expected the id/);
    expect(readConfig(whole).teams).toEqual({ appId: id, appPassword: 'secret-of-the-bot', tenantId: id });
    expect(readConfig({}).teams).toBeNull();
  });
});

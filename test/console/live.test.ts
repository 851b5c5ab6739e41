import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openSmallHouse } from './small-house';
import type { SmallHouse } from './small-house';
import { signIn } from './visitor';

interface Beat {
  readonly state: string;
  readonly at: string;
}

/** Listens to the news of a page as a browser does. */
class Listener {
  readonly beats: Beat[] = [];
  ended = false;
  private stop = (): void => undefined;

  constructor(house: SmallHouse, path: string, cookie: string) {
    const { port } = house.server.address() as AddressInfo;
    const outgoing = get({ host: '127.0.0.1', port, path, headers: { cookie } }, (response) => {
      response.setEncoding('utf8').on('data', (text: string) => {
        for (const [, json] of text.matchAll(/^data: (.*)$/gm)) this.beats.push(JSON.parse(json!) as Beat);
      });
      response.on('end', () => (this.ended = true)).on('error', () => (this.ended = true));
    }).on('error', () => (this.ended = true));
    this.stop = () => void outgoing.destroy();
  }

  close(): void {
    this.stop();
  }
}

async function until(isTrue: () => boolean, limitMs = 5_000): Promise<void> {
  const start = Date.now();
  while (!isTrue()) {
    if (Date.now() - start > limitMs) throw new Error(`Wait: nothing came within ${limitMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('news of a page', () => {
  let house: SmallHouse;
  let cookie: string;
  let listener: Listener;
  beforeEach(async () => {
    house = openSmallHouse();
    await new Promise<void>((resolve) => house.server.listen(0, '127.0.0.1', resolve));
    const ben = await signIn(house, 'ben@clinic.example');
    cookie = `aftercare_console=${ben.cookies.get('aftercare_console')}`;
  });
  afterEach(async () => {
    listener.close();
    house.server.closeAllConnections();
    await new Promise((resolve) => house.server.close(resolve));
  });
  const listen = async (of: string): Promise<void> => {
    listener = new Listener(house, `/console/live?of=${of}`, cookie);
    await until(() => listener.beats.length > 0);
  };
  const newState = async (): Promise<void> => {
    const { state } = listener.beats.at(-1)!;
    await until(() => listener.beats.at(-1)!.state !== state);
  };

  it('begins with what is there, and tells when something changes', async () => {
    await listen('list');
    expect(listener.beats[0]?.at).toBe('9:06 pm');
    await house.deps.desk.acknowledge('esc-12', { by: 'ana', via: 'sms' });
    await newState();
  });

  it('tells of time gone by, so that waiting times move', async () => {
    await listen('list');
    house.now += 60_000;
    await newState();
    expect(listener.beats.at(-1)?.at).toBe('9:07 pm');
  });

  it('beats while nothing happens', async () => {
    await listen('list');
    await until(() => listener.beats.length > 1);
    expect(listener.beats[1]).toEqual(listener.beats[0]);
  });

  it.each(['escalation:esc-12', 'conversation:talk-esc-12'])('of %s come with a new message', async (of) => {
    await listen(of);
    house.say('talk-esc-12', { from: 'patient', text: 'it spreads' });
    await newState();
  });

  it('are not told of another clinic', async () => {
    await listen('list');
    const { state } = listener.beats[0]!;
    house.change('esc-7', { status: 'acknowledged' });
    await until(() => listener.beats.length > 1);
    expect(listener.beats[1]?.state).toBe(state);
  });

  it('fall silent while storage is gone, so that the page says that it is not live, and come back', async () => {
    await listen('list');
    house.isStorageGone = true;
    await until(() => house.faults.includes('CONSOLE_NOT_LIVE'));
    const heard = listener.beats.length;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(listener.beats).toHaveLength(heard);
    house.isStorageGone = false;
    house.change('esc-12', {});
    await newState();
  });

  it('end with the session', async () => {
    await listen('list');
    house.now += 8 * 3_600_000;
    await until(() => listener.ended);
  });
});

import { rmSync } from 'node:fs';
import { defaultWebLimits } from '../../src/channels/web';
import type { Config } from '../../src/config';
import { readConfig } from '../../src/config';
import type { Minds } from '../../src/assemble-minds';
import type { OpenHouse } from '../../src/open-house';
import { openHouse } from '../../src/open-house';
import type { Clock } from '../../src/tools/clock';
import { systemClock } from '../../src/tools/clock';
import { testMinds } from '../house';
import { makeQuickFolder } from '../quick-folder';
import type { StartedServer, StartServer } from './started-server';
import { listen } from './started-server';

/** The whole product on a free port with a real database, and what a test may look into. */
export interface RealServer extends StartedServer {
  readonly house: OpenHouse;
  readonly folder: string;
}

/** Starts the whole product; `minds` and `clock` let a test break a part of it or move the time. */
export async function openRealServer(given: { minds?: Minds; clock?: Clock; config?: Partial<Config> } = {}): Promise<RealServer> {
  const folder = makeQuickFolder('aftercare-house-');
  const config: Config = { ...readConfig({}), dataDir: folder, ...given.config };
  const limits = { ...defaultWebLimits, tokensPerIp: 1_000, messagesPerConversation: 1_000 };
  const house = await openHouse(given.minds ?? testMinds(), config, { clock: given.clock ?? systemClock, limits });
  const bot = {
    greeting: /automated aftercare helper/,
    question: 'can i wear makeup tmrw',
    answer: /Your aftercare guide|still open/, // after an emergency nothing else is answered
    emergency: 'my lips are swelling up and my throat feels tight',
    emergencyAnswer: /Call 911 now/,
    photoAnswer: /can't look at photos/,
    choices: { question: 'can i wear makeup tmrw', title: 'Yesterday' },
  };
  const started = await listen(house.server, bot, () => undefined);
  await house.paging.watch.round(); // so that /readyz knows from the start that the loop goes round
  house.paging.start();
  return {
    ...started,
    house,
    folder,
    async close() {
      started.cutSockets();
      await house.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The real house, for the suites that run against any. */
export const startRealServer: StartServer = () => openRealServer();

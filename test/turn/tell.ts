import type { TestHouse, TestHouseOptions } from '../house';
import { openTestHouse } from '../house';

/**
 * One exchange of a story: what the patient says, what the bot's turn has to say, and what it must not. Time goes by with `{ pass }`.
 */
export type Line = readonly [says: string, replied: RegExp, unwanted?: RegExp] | { readonly pass: string };

/** Plays a story in a house of its own and hands the house over for a last look; the house is closed afterwards. */
export async function tell(
  options: TestHouseOptions,
  lines: readonly Line[],
  look: (house: TestHouse) => Promise<void> | void = () => undefined,
): Promise<void> {
  const house = await openTestHouse(options);
  try {
    for (const line of lines) {
      if ('pass' in line) {
        house.clock.pass(line.pass);
        continue;
      }
      const [says, replied, unwanted] = line;
      await house.patient.says(says);
      house.bot.replied(replied);
      if (unwanted) house.bot.didNotSay(unwanted);
    }
    await look(house);
  } finally {
    await house.close();
  }
}

/** The reasons of all escalations so far, oldest first. */
export async function reasonsOf({ escalations }: TestHouse): Promise<string[]> {
  return (await escalations()).map(({ reason }) => reason);
}

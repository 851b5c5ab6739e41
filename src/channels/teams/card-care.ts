import type { ClinicBook } from '../../model/clinic';
import type { EscalationStore } from '../../model/escalation';
import type { TeamsCard, TeamsStore } from '../../model/teams-edge';
import type { Clock } from '../../tools/clock';
import type { Log } from '../../tools/log';
import type { TeamsConnection } from './connect-teams';
import { readFault } from './send-result';
import { cardMessage, escalationCard, shownOf, titleOf } from './staff-card';

/** Keeps the cards that stand in Teams telling the truth, whichever way somebody acted. */
export interface CardCare {
  /** Brings every card up to date that is not; resolves when all were tried. */
  refresh(): Promise<void>;
  /** Looks again and again from now on. */
  start(): void;
  stop(): void;
}

interface CareDeps {
  readonly connection: TeamsConnection;
  readonly store: { readonly teams: TeamsStore } & Pick<EscalationStore, 'find'>;
  readonly clinics: ClinicBook;
  readonly clock: Clock;
  readonly log: Log;
  readonly linkTo: (escalationId: string) => string | null;
}

const LOOK_EVERY_MS = 3000;

/** Makes the care; rounds never overlap, and a wish for one while one runs is one more round. */
export function makeCardCare(deps: CareDeps): CardCare {
  let running: Promise<void> | null = null;
  let isWanted = false;
  let timer: NodeJS.Timeout | undefined;
  const rounds = async (): Promise<void> => {
    try {
      do {
        isWanted = false;
        for (const card of await deps.store.teams.listCards(MOST_CARDS)) await bringUpToDate(deps, card);
      } while (isWanted);
    } catch (error) {
      deps.log.error({ err: error }, 'bringing cards in Teams up to date failed; it is tried again');
    } finally {
      running = null;
    }
  };
  const refresh = (): Promise<void> => {
    isWanted = true;
    return (running ??= rounds());
  };
  return {
    refresh,
    start() {
      timer ??= setInterval(() => void refresh(), LOOK_EVERY_MS).unref();
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}

/** Cards leave the list when their escalation is closed, so that this many open ones are a storm. */
const MOST_CARDS = 5000;

async function bringUpToDate({ connection, store, clinics, clock, log, linkTo }: CareDeps, card: TeamsCard): Promise<void> {
  const escalation = await store.find(card.escalationId);
  if (!escalation) return store.teams.removeCard(card);
  const shows = shownOf(escalation);
  if (shows !== card.shows) {
    const clinic = clinics.get(escalation.clinicId);
    const content = escalationCard(escalation, { clinic, link: linkTo(escalation.id) });
    try {
      await connection.update(card.place, card.activityId, cardMessage(content, titleOf(escalation)));
    } catch (error) {
      const fault = readFault(error);
      if (fault === null) throw error;
      log.warn({ code: fault.code, escalation: escalation.id }, 'a card in Teams could not be changed');
      if (fault.permanent) await store.teams.removeCard(card);
      return;
    }
  }
  if (escalation.resolved) await store.teams.removeCard(card);
  else if (shows !== card.shows) await store.teams.saveCard({ ...card, shows }, clock());
}

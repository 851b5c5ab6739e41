import type { Clinic } from '../model/clinic';
import type { Acted, Actor, AddedMessage, DeliveryReport, Escalation, EscalationChange, Page, StaffDesk } from '../model/escalation';
import type { Log } from '../tools/log';
import { newId } from '../tools/ids';
import type { ApplyDeps } from './apply';
import { applyChange, messagesOf } from './apply';
import { nameOf } from './change';
import type { Transition } from './life';
import { acknowledge, passOn, raise, reassign, remark, report, resolve, snooze } from './life';
import { takeStaffText } from './staff-text';
import { makeUnhelpfulReplies } from './unhelpful-replies';

/** What the desk needs beside escalations: the conversations they are about. */
export interface DeskDeps extends ApplyDeps {
  readonly conversations: {
    /** Null when there is no such conversation. */
    find(conversationId: string): Promise<{
      readonly clinicId: string;
      readonly channel: Escalation['channel'];
      readonly takenOverBy: string | null;
      /** All conversations of its patient, this one included. */
      readonly ofPatient: readonly string[];
    } | null>;
    /** The bot's own words that belong to taking over and handing back go with it. */
    setTakeOver(conversationId: string, by: { readonly by: string; readonly at: number } | null, message: AddedMessage): Promise<void>;
    addMessages(messages: readonly AddedMessage[]): Promise<void>;
    addNote(note: {
      readonly escalationId: string;
      readonly conversationId: string;
      readonly by: string;
      readonly at: number;
      readonly text: string;
    }): Promise<void>;
  };
  /** One of the bot's phrases for a patient, filled for the clinic. */
  readonly phrase: (name: string, clinic: Clinic, values: Readonly<Record<string, string | number>>, now: number) => string;
  /** Something was stored that may be due at once. */
  readonly wake: () => void;
  readonly log: Log;
}

const LONGEST_REPLY = 2000;

/** Makes the desk. */
export function makeStaffDesk(deps: DeskDeps): StaffDesk {
  return new Desk(deps);
}

class Desk implements StaffDesk {
  private readonly unhelpful = makeUnhelpfulReplies();

  constructor(private readonly deps: DeskDeps) {}

  acknowledge(escalationId: string, actor: Actor): Promise<Acted> {
    return this.act(escalationId, (escalation, clinic, now) => acknowledge(escalation, actor, clinic, now), actor);
  }

  passOn(escalationId: string, actor: Actor): Promise<Acted> {
    return this.act(escalationId, (escalation, clinic, now) => passOn(escalation, actor, clinic, now), actor);
  }

  resolve(escalationId: string, actor: Actor, reason: Parameters<StaffDesk['resolve']>[2]): Promise<Acted> {
    return this.act(escalationId, (escalation, clinic, now) => resolve(escalation, actor, reason, clinic, now), actor);
  }

  reassign(escalationId: string, actor: Actor, personId: string): Promise<Acted> {
    return this.act(escalationId, (escalation, clinic, now) => reassign(escalation, actor, personId, clinic, now), actor);
  }

  snooze(escalationId: string, actor: Actor, untilMs: number): Promise<Acted> {
    return this.act(escalationId, (escalation, clinic, now) => snooze(escalation, actor, untilMs, clinic, now), actor);
  }

  async note(escalationId: string, actor: Actor, text: string): Promise<Acted> {
    const trimmed = text.trim();
    if (trimmed === '' || trimmed.length > LONGEST_REPLY)
      return { kind: 'refused', why: `Adding a note failed: expected 1 to ${LONGEST_REPLY} characters, got ${trimmed.length}.` };
    const escalation = await this.deps.store.find(escalationId);
    if (!escalation) return { kind: 'not_found' };
    const { conversationId } = escalation;
    await this.deps.conversations.addNote({ escalationId, conversationId, by: actor.by, at: this.deps.clock(), text: trimmed });
    return this.act(escalationId, (current, clinic, now) => ({ change: remark(current, 'note', actor.by, '', { clinic, now }) }), actor);
  }

  async escalate(conversationId: string, actor: Actor, tier: Escalation['tier']): Promise<Acted> {
    const conversation = await this.deps.conversations.find(conversationId);
    if (!conversation) return { kind: 'not_found' };
    const { clinicId, channel } = conversation;
    const clinic = this.deps.clinics.get(clinicId);
    const now = this.deps.clock();
    const change = raise(
      {
        id: newId('esc', now),
        clinicId,
        conversationId,
        channel,
        flags: [],
        tier,
        reason: `by_hand:${actor.by}`,
        isDrill: false,
        isMarked: true,
      },
      clinic,
      now,
    );
    await this.deps.store.save(change, messagesOf(change, clinic, now, this.deps.wordNotice));
    this.deps.wake();
    return { kind: 'done', escalation: (await this.deps.store.find(change.after.id)) ?? change.after };
  }

  /** The one who takes over a conversation takes what is open in it, too. */
  async takeOver(conversationId: string, actor: Actor): Promise<Acted | { readonly kind: 'done_without_escalation' }> {
    const { conversations, clinics, clock, phrase } = this.deps;
    const conversation = await conversations.find(conversationId);
    if (!conversation) return { kind: 'not_found' };
    const clinic = clinics.get(conversation.clinicId);
    const name = nameOf(clinic, actor.by);
    if (conversation.takenOverBy !== null && conversation.takenOverBy !== actor.by)
      return { kind: 'refused', why: `Taking over failed: ${nameOf(clinic, conversation.takenOverBy)} has the conversation.` };
    const now = clock();
    if (conversation.takenOverBy === null)
      await conversations.setTakeOver(
        conversationId,
        { by: actor.by, at: now },
        ownWords(conversationId, `takeover-${now}`, phrase('takenOver', clinic, { name, at: now }, now), now),
      );
    let acted: Acted | { readonly kind: 'done_without_escalation' } = { kind: 'done_without_escalation' };
    for (const open of (await this.deps.store.listUnresolved(conversation.clinicId, 1000)).filter((entry) =>
      conversation.ofPatient.includes(entry.conversationId),
    ))
      acted = await this.acknowledge(open.id, actor);
    this.deps.wake();
    return acted;
  }

  async handBack(conversationId: string): Promise<{ readonly kind: 'done' | 'not_taken_over' }> {
    const { conversations, clinics, clock, phrase } = this.deps;
    const conversation = await conversations.find(conversationId);
    if (!conversation || conversation.takenOverBy === null) return { kind: 'not_taken_over' };
    const clinic = clinics.get(conversation.clinicId);
    const now = clock();
    await conversations.setTakeOver(
      conversationId,
      null,
      ownWords(conversationId, `handback-${now}`, phrase('handedBack', clinic, {}, now), now),
    );
    this.deps.wake();
    return { kind: 'done' };
  }

  async reply(conversationId: string, actor: Actor, text: string, messageId: string): ReturnType<StaffDesk['reply']> {
    const { conversations, clinics, clock, store } = this.deps;
    const conversation = await conversations.find(conversationId);
    if (!conversation) return { kind: 'not_found' };
    const trimmed = text.trim();
    if (trimmed === '' || trimmed.length > LONGEST_REPLY)
      return { kind: 'refused', why: `Replying failed: expected 1 to ${LONGEST_REPLY} characters, got ${trimmed.length}.` };
    const clinic = clinics.get(conversation.clinicId);
    const now = clock();
    await conversations.addMessages([
      {
        conversationId,
        id: `staff-${messageId}`,
        at: now,
        text: trimmed,
        actions: [],
        author: { kind: 'staff', name: nameOf(clinic, actor.by) },
        escalation: null,
      },
    ]);
    for (const open of (await store.listUnresolved(conversation.clinicId, 1000)).filter((entry) =>
      conversation.ofPatient.includes(entry.conversationId),
    ))
      await this.act(open.id, (current, of, at) => ({ change: remark(current, 'answered', actor.by, '', { clinic: of, now: at }) }), actor);
    this.deps.wake();
    return { kind: 'done' };
  }

  takeText(message: Parameters<StaffDesk['takeText']>[0]): Promise<{ readonly handled: boolean }> {
    return takeStaffText({ ...this.deps, desk: this, unhelpful: this.unhelpful }, message);
  }

  async takeReport(told: Parameters<StaffDesk['takeReport']>[0]): Promise<void> {
    const found = (await this.deps.store.findByProviderId(told.providerId)) ?? (await this.findUnanswered(told));
    if (!found) return;
    await applyChange<null>(this.deps, found.escalation.id, (escalation, clinic, now) => {
      const change = report(escalation, found.page.id, told, clinic, now);
      return change ? { change } : { other: null };
    });
    this.deps.wake();
  }

  /** The page of a send whose answer is not stored, or never came: a fast report overtakes it, and only our own id leads there. */
  private async findUnanswered({ pageId, status }: DeliveryReport): Promise<{ escalation: Escalation; page: Page } | null> {
    if (!pageId || status === 'sent') return null;
    const found = await this.findPage(pageId);
    return found?.page.providerId === null ? found : null;
  }

  async findPage(pageId: string): ReturnType<StaffDesk['findPage']> {
    const escalation = await this.deps.store.findByPage(pageId);
    const page = escalation?.pages.find((entry: Page) => entry.id === pageId);
    if (!escalation || !page) return null;
    const clinic = this.deps.clinics.get(escalation.clinicId);
    return { escalation, page, clinicName: clinic.name, personName: nameOf(clinic, page.personId) };
  }

  private async act(
    escalationId: string,
    transition: (escalation: Escalation, clinic: Clinic, now: number) => Transition,
    actor: Actor,
  ): Promise<Acted> {
    const outcome = await applyChange<Acted>(this.deps, escalationId, (escalation, clinic, now) => {
      const made = transition(escalation, clinic, now);
      return 'change' in made ? made : { other: made };
    });
    this.deps.wake();
    if (outcome === null) return { kind: 'not_found' };
    if ('other' in outcome) {
      if (outcome.other.kind === 'taken_already') await this.noteLate(escalationId, actor);
      return outcome.other;
    }
    return { kind: 'done', escalation: outcome.escalation };
  }

  /** Who came second stands in the history, too. */
  private async noteLate(escalationId: string, actor: Actor): Promise<void> {
    await applyChange(this.deps, escalationId, (escalation, clinic, now): { change: EscalationChange } => ({
      change: remark(escalation, 'taken_already', actor.by, actor.via, { clinic, now }),
    }));
  }
}

function ownWords(conversationId: string, id: string, text: string, at: number): AddedMessage {
  return { conversationId, id, at, text, actions: [], author: null, escalation: null };
}

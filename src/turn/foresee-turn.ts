import type { TurnInput } from '../model/turn';
import { computeTurn, loadTalk } from './take-turn';
import type { TurnParts } from './turn-parts';

/**
 * Whether a message would get a human at once ("my lips are swelling up"), as the turn itself would judge it in its conversation; nothing
 * is stored. A turn that would fail counts as one that does.
 */
export async function foreseeTurn(parts: TurnParts, input: TurnInput): Promise<'emergency' | 'urgent' | 'calm'> {
  const { outcome, failed } = await computeTurn(parts, input, await loadTalk(parts, input));
  if (outcome.disposition === 'emergency') return 'emergency';
  return failed || outcome.disposition === 'urgent' ? 'urgent' : 'calm';
}

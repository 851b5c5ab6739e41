import type { Scene } from './scene';

/** Gets a human for the danger in a message: one escalation at its level, with all flags that page. */
export function raiseDanger(scene: Pick<Scene, 'judgement' | 'escalate'>): 'urgent' | 'emergency' {
  const pages = scene.judgement.flags.filter((flag) => flag.tier === 'emergency' || flag.tier === 'urgent');
  const tier = scene.judgement.disposition === 'emergency' ? 'emergency' : 'urgent';
  const ids = pages.flatMap((flag) => (flag.flag === null ? [] : [flag.flag]));
  scene.escalate(tier, ids, pages.length > 0 ? (pages[0]!.by === 'rules' ? 'red_flag' : 'statistics') : 'sign');
  return tier;
}

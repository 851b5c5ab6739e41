import type { Knowledge } from '../model/knowledge';

/** The entries that no medical director has signed, as "topics/makeup" or "red-flags/u02-pus". */
export function unsignedEntries(knowledge: Knowledge): string[] {
  const isSigned = (entry: { reviewedBy: string; reviewedOn: string }): boolean => entry.reviewedBy !== '' && entry.reviewedOn !== '';
  return [
    ...[...knowledge.topics.values()].filter((topic) => !isSigned(topic)).map((topic) => `topics/${topic.id}`),
    ...[...knowledge.flags.values()].filter((flag) => !isSigned(flag)).map((flag) => `red-flags/${flag.folder}`),
  ];
}

/** Words that no message ends with unless its sentence goes on. */
const OPEN_ENDS = new Set(
  (
    'a an the my your his her its our their this these those no some any each every both of in on at to from with into onto over under ' +
    'around near by for about like than through between behind inside and or but nor so if when while because cause bc cuz since after ' +
    'before until as that which who what where i im ive id we they he she theyre hes shes is are was were am be been being has have had ' +
    'do does did will would can cant could should wont dont doesnt didnt isnt arent wasnt very really too pretty quite kinda more most all not just'
  ).split(' '),
);

/** Words with which a sentence goes on; a new one seldom begins with them. */
const GOING_ON = new Set(
  (
    'of in on at to from with into onto over under around near by for like than through between behind inside outside and or but nor so ' +
    'when while because cause bc cuz since after before until as that which who where is are was were has have had will would wont cant ' +
    'doesnt dont isnt not too out off up down away'
  ).split(' '),
);

/** Most words of a message that is a piece by its shortness. */
const SHORT_PIECE = 2;

/** Whether one message goes on in the middle of the sentence that the one before it began: "pus is coming" ... "out of my cheek". */
export function readsOn(before: string, after: string): boolean {
  if (/[.?!]\s*$/.test(before)) return false;
  const [earlier, later] = [wordsOf(before), wordsOf(after)];
  if (earlier.length === 0 || later.length === 0) return false;
  return later.length <= SHORT_PIECE || OPEN_ENDS.has(earlier.at(-1)!) || GOING_ON.has(later[0]!);
}

function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replace(/['’]/g, '')
      .match(/\p{L}+/gu) ?? []
  );
}

const WEEKDAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const COUNT = '(?:\\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|couple)';
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const HOUR = '(?: (?:at|around|about) \\d{1,2}(?::\\d\\d)?(?: ?[ap]m)?| (?:morning|afternoon|evening|night))?';
/** A day as a patient tells it, with its hour. */
const DAY = `(?:(?:(?:on|last|this|past|this past) )*${WEEKDAY}|yesterday|today|(?:the )?day before yesterday|last night|(?:on )?the \\d{1,2}(?:st|nd|rd|th)|(?:on )?\\d{1,2}/\\d{1,2}|(?:on )?${MONTH} \\d{1,2}(?:st|nd|rd|th)?|${COUNT} (?:hours|days?|weeks) ago)${HOUR}(?![\\w/])`;

/** "monday not tuesday", "the 16th, not the 15th": the day that is denied is left out. */
const NOT_THAT_DAY = new RegExp(
  `(?<![\\w/])(${DAY}),? (?:and )?not (?:on )?(?:${DAY}|(?:the )?\\w{3,6}day\\b)(?: (?:like|as|what) (?:i|my|the|your|they|you|it)(?: \\w+)? (?:said|says|wrote|put|puts|shows|told \\w+)(?: before| earlier| (?:in|on) (?:the|my|your) \\w+)?)?`,
  'g',
);
/** "not monday. tuesday": at the start of a sentence, with the day that holds after it. */
const DENIED_DAY = new RegExp(`(?<=^ ?|[.!?;] ?)(?:it was |its |was )?not (?:on )?${DAY}[ .,;-]+(?=(?:it was |but |on )?${DAY})`, 'g');
/** "monday ugh no tuesday" */
const NO_BETWEEN = new RegExp(`(?<![\\w/])(${DAY})[ ,.]+(?:(?:ugh|um+|uh+|oh|lol|haha|hmm+)[ ,.]+)*no[ ,.]+(?=(?:it was )?${DAY})`, 'g');

/** Makes a day that takes the place of another a correction in the usual words. */
export function correctDays(text: string): string {
  return text.replace(NOT_THAT_DAY, 'no wait $1').replace(DENIED_DAY, 'no wait ').replace(NO_BETWEEN, '$1, no wait ');
}

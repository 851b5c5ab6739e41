const DONE_BEFORE = /(?:it|needled|treated|session|appointment|treatment|tx|ling|mine|(?:did|had|got) my \w{4,5}) $/;

/** "sat" and "sun" are days only beside words of time: "on sun", "sun night"; not "in the sun", "i sat". */
export function isShortWeekday(name: string, lead: string, beside: { before: string; after: string }): boolean {
  if (/^ ?(?:expos|screen|burn|damage|light|protect|block|bath|hat|tan|spot|is out|in the|down|outside|on the)/.test(beside.after))
    return false;
  if (name === 'sun' && lead === '' && /(?<!\w)(?:days|hours|weeks|time|safe|ok|ready|good|wait|longer|rule) for $/.test(beside.before))
    return false;
  if (/^(?:on|this|next|last|past|this past|coming|this coming)$/.test(lead)) return true;
  if (name === 'sun' && /(?<!\w)(?:the|in|full|some|of|no|into|direct|much|hot|strong|more) $/.test(beside.before)) return false;
  if (name === 'sun' && DONE_BEFORE.test(beside.before) && /^ ?(?:$|[.,!?;])/.test(beside.after)) return true;
  if (/(?:^|[.,;!?] ?)(?:and|or) (?:by )?$/.test(beside.before) && /^ ?\?/.test(beside.after)) return true;
  if (
    /^ ?(?:morning|afternoon|evening|night|noon|at \d|am\b|pm\b|\d{1,2} ?[ap:]|(?:the )?\d{1,2}(?:st|nd|rd|th)\b|(?:the )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* \d)/.test(
      beside.after,
    )
  )
    return true;
  if (name === 'sun' || lead !== '')
    return (
      /(?:friday|sat|saturday|or|was|its|done|(?:sat|saturday|friday) ?(?:and|&|-|to|thru|through|n)) ?$/.test(beside.before) && lead === ''
    );
  if (beside.before.endsWith('and ') && /^ (?:is|im|i|we|my|theres|ill)\b/.test(beside.after)) return true;
  return /day (?:and|&) $/.test(beside.before) || !/\b(?:i|we|just|she|he|they|and|who|have|that|ive|then) $/.test(beside.before);
}

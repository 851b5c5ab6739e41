/** What a patient wants of the texts themselves. */
export type OptWord = 'stop' | 'start' | 'help';

/** Whole messages on which Twilio acts by itself, in any case. */
const KEYWORDS: Readonly<Record<OptWord, RegExp>> = {
  stop: /^(?:stop|stopall|unsubscribe|cancel|end|quit|revoke|optout)$/,
  start: /^(?:start|yes|unstop)$/,
  help: /^(?:help|info)$/,
};

/** The keyword that a whole message is ("Stop", "UNSTOP "), else null. */
export function readKeyword(text: string): OptWord | null {
  const said = text.trim().toLowerCase();
  return (['stop', 'start', 'help'] as const).find((word) => KEYWORDS[word].test(said)) ?? null;
}

const SENDING =
  '(?:text(?:ing|s)?|txt(?:ing|s)?|msg(?:ing|s)?|messag(?:e|es|ing)|sms|contact(?:ing)?|spamm?(?:ing)?|notif(?:ying|ications))';
const TEXTS = '(?:text(?: message)?s?|txts?|message?s?|msgs?|sms(?:es)?|notifications|reminders)';
const THESE = '(?:(?:all|any|the|these|those|this|your|more|of|with) ){0,3}';
const GET = '(?:(?:(?:want|wish|like) to |wanna )?(?:get|getting|receive|receiving)|want|need)';

/** Wishes for no texts in words of one's own. Each names the texts, so that "stop the bleeding" and "it wont stop" are none. */
const WISHES: readonly RegExp[] = [
  new RegExp(
    `\\b(?:stop|quit|cease) (?:${SENDING} (?:me|us|this number|this phone|my phone|my number)\\b|sending (?:me |us )?${THESE}${TEXTS})`,
  ),
  new RegExp(
    `\\b(?:stop|quit|cease|end|cancel|turn off|no more) (?:with )?${THESE}${TEXTS}(?= *(?:$|please|pls|plz|now|from|to (?:me|this|my)|thank|thx|i\\b|already))`,
  ),
  new RegExp(`^(?:please |pls |plz )?(?:stop|quit) (?:texting|txting|messaging|msging)(?: please| pls| now| already)?$`),
  new RegExp(
    `\\b(?:do not|dont|never) (?:ever )?(?:text|txt|message|msg|sms|contact|spam) (?:me|us|this number|my phone|my number)\\b(?! (?:back|until|till|before|about|at|during|while|if|on|unless|that|the|to tell))`,
  ),
  new RegExp(
    `\\b(?:do not|dont|didnt|never|no longer) (?:ever )?(?:${GET}) ${THESE}${TEXTS}(?: (?:from|anymore|any more|any longer|please|again|on)\\b|$)`,
  ),
  new RegExp(
    `\\b(?:do not|dont) (?:send|keep sending) (?:me |us )?${THESE}${TEXTS}(?= *(?:$|please|anymore|any more|again|from|to me|ever))`,
  ),
  /\b(?:take|remove|delete) (?:me|us|my number|this number|my phone) (?:off|from) (?:of )?(?:the|this|your|ur|all|any|these)\b/,
  /\b(?:remove|delete|lose|forget) (?:my|this) (?:phone )?number\b/,
  /\b(?:unsubscribe|unsub|opt) (?:me|us)(?: out)?\b|^(?:please |pls )?(?:unsub|opt out)(?: please| pls)?$/,
  /\b(?:want|like|wish|need|trying) to (?:opt out|unsubscribe|unsub|stop (?:getting|receiving) )/,
  new RegExp(`\\bhow (?:do|can) i (?:opt out|unsubscribe|unsub|(?:stop|turn off) (?:getting |receiving )?${THESE}${TEXTS})`),
  /^(?:please|pls|plz) (?:stop|unsubscribe|cancel)(?: (?:now|it|this))?$|^stop(?: (?:please|pls|plz|now|it|this|all))+$/,
  /^(?:stop){1,3}$|^(?:stop )+stop$|^stop all$/,
];

/** Words before a wish that make it something else: "why did you stop texting me", "don't stop texting me". */
const NOT_A_WISH = /\b(?:dont|do not|didnt|did you|did they|never|why did|when did|if (?:i|you|u|they)|will you|will they|not) *$/;

/** Whether a message asks in words of its own for no more texts: "please stop texting me", "dont text me anymore". */
export function wantsNoTexts(text: string): boolean {
  const said = text
    .toLowerCase()
    .normalize('NFKC')
    .replace(/['’`]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return WISHES.some((wish) => {
    const found = wish.exec(said);
    return found !== null && !(/^(?:stop|quit|cease)/.test(found[0]) && NOT_A_WISH.test(said.slice(0, found.index)));
  });
}

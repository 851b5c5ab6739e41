import type { TrainingExample } from '../../../src/understand/classifier/train-classifier';

const OPENERS = ['can i', 'when can i', 'is it ok to', 'how soon may i', 'am i allowed to', 'should i', 'how long until i can', 'could i'];

const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  makeup: ['wear makeup', 'put foundation on', 'use concealer on my face', 'apply mascara', 'use makeup again'],
  exercise: ['go running', 'work out at the gym', 'exercise', 'do yoga', 'lift weights'],
  sun: ['go in the sun', 'sunbathe', 'stay out in the sun', 'use a tanning bed', 'get a tan'],
  moisturizer: ['use moisturizer', 'put cream on', 'moisturize my face', 'apply hyaluronic serum', 'use lotion'],
  alcohol: ['drink alcohol', 'have a glass of wine', 'drink beer', 'have a cocktail', 'go out drinking'],
  swimming: ['swim in the pool', 'go swimming', 'swim in the sea', 'use the hot tub', 'go to the lake to swim'],
};

/** 240 generated questions under six topics: enough to train a classifier in a test within a second. */
export function aftercareExamples(): TrainingExample[] {
  return Object.entries(ACTIONS).flatMap(([label, actions]) =>
    actions.flatMap((action) => OPENERS.map((opener) => ({ text: `${opener} ${action}`, label }))),
  );
}

/** Texts that belong to none of the six topics. */
export const outOfScopeTexts: readonly string[] = [
  'what is the capital of france',
  'tell me a joke',
  'who won the match yesterday',
  'write a poem about the sea',
  'how do i reset my password',
  'what does a train ticket to berlin cost',
  'translate hello into spanish',
  'play some music',
  'set an alarm for seven',
  'how tall is the eiffel tower',
];

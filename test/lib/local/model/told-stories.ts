/** Invented facts as prose and lists, several to a file, some told with pronouns, with near misses as in the first set. */
export const STORIES: Readonly<Record<string, string>> = {
  'village.md': `# The village of Ostrel

Ostrel lies at the foot of the Grey Hills. Its market is held on the first Thursday of each month. The village has a pump of blue
enamel, which was a gift of the merchant Osric Dane.

The schoolhouse was built in 1848. It burned in 1902 and was rebuilt with bricks from Hallow.`,
  'expedition.txt': `The expedition of Dr. Mirela Toss left Port Anselm on 3 March 1871 with nine dogs. They lost two of them in the ice. After 214 days
the party reached Cape Verrin, where they found a hut of whale bone. Toss named the strait behind it Silent Sound.`,
  'company.md': `## Brandt & Sohl

- Brandt & Sohl makes reading lamps since 1931.
- The company employs 57 people in Lower Thorne.
- Its best-selling lamp is the Heron, of which 40,000 were sold in 2019.
- Repairs are free for ten years.

## Products

| Lamp | Price | Height |
|---|---|---|
| Heron | 120 florins | 48 cm |
| Plover | 85 florins | 31 cm |`,
  'recipes.md': `The baker adds a spoon of honey to the dough. The dough rests for six hours under a damp cloth. Burnt crusts are given to the hens.`,
  'observatory.md': `The observatory on Mount Kaleth holds a mirror 3.2 metres across. Its dome opens by hand. The astronomer Ines Qar found comet Tarrow there in 1954.`,
  'rules.txt': `Guests must be quiet after ten in the evening. Bicycles may be left in the yard. The cellar key hangs behind the stove.`,
};

export const STORY_ANSWERS: readonly (readonly [string, string, string])[] = [
  ['When is the market of Ostrel held?', 'Its market is held on the first Thursday of each month.', 'village.md'],
  ['Who gave the village its pump?', 'The village has a pump of blue enamel, which was a gift of the merchant Osric Dane.', 'village.md'],
  ['In what year was the schoolhouse built?', 'The schoolhouse was built in 1848.', 'village.md'],
  [
    'How many dogs did the expedition of Mirela Toss take?',
    'The expedition of Dr. Mirela Toss left Port Anselm on 3 March 1871 with nine dogs.',
    'expedition.txt',
  ],
  [
    'What did the party find at Cape Verrin?',
    'After 214 days the party reached Cape Verrin, where they found a hut of whale bone.',
    'expedition.txt',
  ],
  ['How many people does Brandt & Sohl employ?', 'The company employs 57 people in Lower Thorne.', 'company.md'],
  ['Since when does Brandt & Sohl make lamps?', 'Brandt & Sohl makes reading lamps since 1931.', 'company.md'],
  ['How long does the dough rest?', 'The dough rests for six hours under a damp cloth.', 'recipes.md'],
  ['What is done with burnt crusts?', 'Burnt crusts are given to the hens.', 'recipes.md'],
  ['Who discovered comet Tarrow?', 'The astronomer Ines Qar found comet Tarrow there in 1954.', 'observatory.md'],
  ['Where is the cellar key?', 'The cellar key hangs behind the stove.', 'rules.txt'],
  ['Where can I leave my bicycle?', 'Bicycles may be left in the yard.', 'rules.txt'],
  ['What is the price of the Plover?', 'Plover | 85 florins | 31 cm', 'company.md'],
];

export const STORY_UNANSWERED: readonly string[] = [
  'Who is the mayor of Ostrel?',
  'When was the church of Ostrel built?',
  'How many sailors died on the expedition of Mirela Toss?',
  'Who founded the observatory on Mount Kaleth?',
  'What is the salary of the people at Brandt & Sohl?',
  'How much salt goes into the dough?',
  'Where is the attic key?',
  'How much does the Curlew lamp cost?',
  'When did Ines Qar die?',
  'What is the population of Port Anselm?',
  'How do I reset my password?',
  'Which planet did Ines Qar discover?',
];

type Permission = 'edit' | 'reject' | 'return' | 'unpublish'

type DefaultRule = {
  code: string
  title: string
  text: string
  permits: Permission[]
  needsSecond: boolean
  category: string
  keywords: string[]
}

type DefaultTerms = {
  language: string
  introduction: string
  rules: DefaultRule[]
}

/**
 * The terms of use that a new site begins with, in English: an introduction and fourteen rules.
 *
 * `category` and `keywords` are words of the EU's DSA Transparency Database (schema v2), for statements of reasons.
 * A rule names only keywords of its own category, the usual one first, and none that would accuse every reader
 * who broke it of a crime; where a law was broken, the person who decides says so in the statement.
 *
 * What a moderator may cut, a reader may mend: a rule that permits `edit` also permits `return`, so that a site
 * that has switched edits off keeps a gentler answer than refusal. The rules `facts` and `topic` permit no edit,
 * because correcting or redirecting somebody's words would change what they say.
 */
export const defaultTerms: DefaultTerms = {
  language: 'en',
  introduction:
    'These are the terms for comments by readers of this site. ' +
    'A person reads every comment before anybody else can see it, so comments do not appear in real time, and it may take days. ' +
    'That person may publish your comment, edit it under one of these rules, or refuse it under one; an edit keeps your meaning and is marked, and your receipt tells you the rule and lets you appeal. ' +
    'Comments are the words of the readers who sent them, and the publisher is not responsible for what readers post. ' +
    'Please be respectful of the other people here, and stick to facts. ' +
    'Disagreement with the newsroom, a strong tone, or criticism of any government is never a ground to edit or refuse a comment.',
  rules: [
    {
      code: 'topic',
      title: 'Keep to the article',
      text:
        'Write about this article, or about a comment under it. ' +
        'Your own experience, the wider background and questions to the newsroom are welcome if you say how they connect. ' +
        'A comment about something else belongs under another article.',
      permits: ['reject', 'return', 'unpublish'],
      needsSecond: false,
      category: 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC',
      keywords: ['KEYWORD_OTHER'],
    },
    {
      code: 'respect',
      title: 'Argue with ideas, respect people',
      text:
        'Be as hard as you like on ideas, decisions and work. ' +
        'Do not insult, mock or taunt other readers, our staff or the people in the story. ' +
        'Sharp criticism, irony and anger at what somebody did are welcome.',
      permits: ['edit', 'reject', 'return', 'unpublish'],
      needsSecond: false,
      category: 'STATEMENT_CATEGORY_CYBER_VIOLENCE',
      keywords: ['KEYWORD_CYBER_BULLYING_INTIMIDATION', 'KEYWORD_CYBER_HARASSMENT'],
    },
    {
      code: 'hatred',
      title: 'No contempt for groups of people',
      text:
        'Do not treat people as worth less because of their ethnic group, religion, nationality, sex, orientation, disability or the like. ' +
        'You are welcome to question beliefs, customs, history and politics. ' +
        'You are also welcome to describe hatred that you have met.',
      permits: ['reject', 'unpublish'],
      needsSecond: false,
      category: 'STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH',
      keywords: ['KEYWORD_DISCRIMINATION', 'KEYWORD_HATE_SPEECH'],
    },
    {
      code: 'violence',
      title: 'No threats and no praise of violence',
      text:
        'Do not threaten anybody, call for violence, or praise terror, killing or self-harm. ' +
        'Accounts of violence, grief, and anger at those who used it are welcome. ' +
        'If you think of harming yourself, please talk to somebody you trust or to a helpline.',
      permits: ['reject', 'unpublish'],
      needsSecond: true,
      category: 'STATEMENT_CATEGORY_VIOLENCE',
      keywords: ['KEYWORD_INCITEMENT_VIOLENCE_HATRED'],
    },
    {
      code: 'private_details',
      title: 'Leave out private details',
      text:
        'Do not post phone numbers, addresses, identity papers, accounts or the movements of anybody, yourself included. ' +
        'We would rather cut such a detail and publish the rest. ' +
        'Talk about what people say and do in a public role is welcome.',
      permits: ['edit', 'reject', 'return', 'unpublish'],
      needsSecond: false,
      category: 'STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS',
      keywords: ['KEYWORD_MISSING_PROCESSING_GROUND'],
    },
    {
      code: 'at_risk',
      title: 'Do not put anybody in danger',
      text:
        "Leave out what could help somebody find or recognise a source, a witness, a reporter or a prisoner's family, even if you give no name. " +
        'A place, a date or a job may be enough. ' +
        'You are welcome to tell what happened in general words.',
      permits: ['edit', 'reject', 'return', 'unpublish'],
      needsSecond: true,
      category: 'STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS',
      keywords: ['KEYWORD_OTHER'],
    },
    {
      code: 'facts',
      title: 'Do not invent facts',
      text:
        'Do not write as fact what you made up or cannot know. ' +
        'Opinions, doubts, guesses and questions are welcome when you write them as such. ' +
        'An honest mistake breaks no rule, and we never correct your facts for you.',
      permits: ['reject', 'return', 'unpublish'],
      needsSecond: false,
      category: 'STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS',
      keywords: ['KEYWORD_MISINFORMATION_DISINFORMATION'],
    },
    {
      code: 'defamation',
      title: 'No accusations without a published basis',
      text:
        'Do not accuse a person who can be recognised of a crime or a disgrace unless you can name where this was published. ' +
        'Do not write what could spoil a fair trial. ' +
        'You are welcome to criticise what is publicly known, and to ask questions about it.',
      permits: ['edit', 'reject', 'return', 'unpublish'],
      needsSecond: true,
      category: 'STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH',
      keywords: ['KEYWORD_DEFAMATION'],
    },
    {
      code: 'language',
      title: 'No obscenity and no shouting',
      text:
        'Do not use obscene words, whole sentences in capitals, or rows of symbols for effect. ' +
        'We may mask a word and publish the rest. ' +
        'Strong, plain and informal language is welcome, and so are dialects.',
      permits: ['edit', 'reject', 'return', 'unpublish'],
      needsSecond: false,
      category: 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC',
      keywords: ['KEYWORD_OTHER'],
    },
    {
      code: 'sexual',
      title: 'No sexual content',
      text:
        'Do not post sexual descriptions, offers or remarks. ' +
        'Anything sexual about a child is always refused, and is reported where the law requires it. ' +
        'Sober talk about health, education, law or abuse is welcome.',
      permits: ['reject', 'unpublish'],
      needsSecond: true,
      category: 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC',
      keywords: ['KEYWORD_ADULT_SEXUAL_MATERIAL'],
    },
    {
      code: 'promotion',
      title: 'No advertising, floods or misleading links',
      text:
        'Do not advertise, ask for money, send the same text again and again, or join a campaign of copied comments. ' +
        'Do not hide where a link leads. ' +
        'A link to a source is welcome, and so is your own work if it bears on the article and you say that it is yours.',
      permits: ['edit', 'reject', 'return', 'unpublish'],
      needsSecond: false,
      category: 'STATEMENT_CATEGORY_CONSUMER_INFORMATION',
      keywords: ['KEYWORD_HIDDEN_ADVERTISEMENT'],
    },
    {
      code: 'identity',
      title: 'Do not pose as somebody else',
      text:
        'Do not sign or write as another person, an office, a company or a newsroom. ' +
        'We may remove such a name and publish the comment without it. ' +
        'A pen name, or no name at all, is welcome.',
      permits: ['edit', 'reject', 'return', 'unpublish'],
      needsSecond: false,
      category: 'STATEMENT_CATEGORY_SCAMS_AND_FRAUD',
      keywords: ['KEYWORD_IMPERSONATION_ACCOUNT_HIJACKING'],
    },
    {
      code: 'own_words',
      title: 'Use your own words',
      text:
        "Write for yourself, and do not paste whole articles, songs or other people's comments. " +
        'A short quotation with its source is welcome. ' +
        'We may cut a long copy down to a quotation.',
      permits: ['edit', 'reject', 'return', 'unpublish'],
      needsSecond: false,
      category: 'STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS',
      keywords: ['KEYWORD_COPYRIGHT_INFRINGEMENT'],
    },
    {
      code: 'form',
      title: 'Readable plain text',
      text:
        'Write plain text, within the length that the form allows, in a language that our moderators can read. ' +
        'We may cut a passage that nobody can read, and we mark the place. ' +
        'We never judge spelling or style: simple writing is welcome.',
      permits: ['edit', 'reject', 'return', 'unpublish'],
      needsSecond: false,
      category: 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC',
      keywords: ['KEYWORD_OTHER', 'KEYWORD_LANGUAGE_REQUIREMENTS'],
    },
  ],
}

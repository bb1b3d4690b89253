import type { Repeats } from './family.ts'

export const english: Repeats = {
  families: [
    {
      text: 'The evening bus used to leave at half past seven. Now it leaves at six, and nobody who works in the harbour can catch it any more.',
      same: [
        'THE EVENING BUS USED TO LEAVE AT HALF PAST SEVEN. NOW IT LEAVES AT SIX, AND NOBODY WHO WORKS IN THE HARBOUR CAN CATCH IT ANY MORE!!!',
        'The evening bus used to leave at half past seven — now it leaves at six\nand nobody who works in the harbour can catch it any more',
      ],
      nearly: [
        'The evening bus used to leave at half past seven. Now it leaves at five, and nobody who works in the harbour can catch it any more.',
        'Hello all. The evening bus used to leave at half past seven. Now it leaves at six, and nobody who works in the harbour can catch it any more.',
        'The evening bus used to leave at half past seven. Now it leaves at six and nobody working at the harbour can catch it anymore.',
      ],
      different: [
        'The evening bus is late every day. I work in the harbour and wait for half an hour, in the rain, with no shelter.',
        'Nobody who works in the harbour takes the bus. We all drive, because the car park is free and the bus is not.',
        'The morning bus leaves at seven now, which is an improvement: my children get to school without running.',
      ],
    },
    {
      text: 'Please do not close the school in our valley. My daughter would have to travel forty minutes each way, and there is no road in winter.',
      same: [
        'please do not close the school in our valley my daughter would have to travel forty minutes each way and there is no road in winter',
        'Please do\u200B not close the sch\u200Bool in our valley. My daughter would have to travel forty minutes each way, and there is no road in winter.',
      ],
      nearly: [
        'Please do not close the school in our valley! My son would have to travel forty minutes each way, and there is no road in winter.',
        'Please do not close the school in our valley. My daughter would have to travel fifty minutes each way, and there is no road in winter. Thank you.',
        'Please dont close the school in our valey. My daughter would have to travel forty minutes each way, and there is no road in the winter.',
      ],
      different: [
        'If they close the school in our valley, the shop will be next, and then the church. I have seen it happen elsewhere.',
        'Close it. There are nine children left in that school, and the teacher retires next year anyway.',
        'My daughter went to the school in the valley and loved it. She is a teacher herself now.',
      ],
    },
    {
      text: 'I was in debt until I met Dr Benson, who lent me 20,000 at two percent within one day. Write to him on WhatsApp at 0912 555 0147 today.',
      same: [
        'I was in debt until I met Dr. Benson who lent me 20.000 at two percent within one day! Write to him on Whatsapp at 0912-555-0147 today!',
        'Ｉ ｗａｓ ｉｎ ｄｅｂｔ until I met Dr Benson, who lent me 20,000 at two percent within one day. Write to him on WhatsApp at 0912 555 0147 today.',
      ],
      nearly: [
        'I was in debt until I met Dr Williams, who lent me 20,000 at two percent within one day. Write to him on WhatsApp at 0912 555 0147 today.',
        'I was in deep debt until I met Dr Benson, who lent me 50,000 at two percent within one day. Write to him on WhatsApp at 0912 555 0147 now.',
        'God bless! I was in debt until I met Dr Benson, who lent me 20,000 at two percent within one day. Write to him on Telegram at 0912 555 0147 today.',
      ],
      different: [
        'I was in debt for years after my divorce. What helped was the free advice at the town hall, every Tuesday.',
        'Whoever offers you 20,000 at two percent on WhatsApp is a thief. My mother lost her savings that way.',
        'The bank wanted eleven percent from me. How is a small shop supposed to live with that?',
      ],
    },
    {
      text: 'As a resident of the old town I oppose the new hotel. It takes away the last playground, brings more traffic into narrow streets and serves nobody who lives here.',
      same: [
        'As a resident of the Old Town, I oppose the new hotel: it takes away the last playground, brings more traffic into narrow streets, and serves nobody who lives here.',
      ],
      nearly: [
        'As a resident of the old town I strongly oppose the new hotel. It takes away the last playground, brings more traffic into our narrow streets and serves nobody who lives here.',
        'As a neighbour of the old town I oppose the new hotel. It takes away the only playground, brings more traffic into narrow streets and serves nobody who lives here.',
        'As a resident of the old town I oppose the new hotel. It takes away the last playground, brings more traffic and noise into narrow streets and serves nobody who lives here. Anna Reed',
      ],
      different: [
        'As a resident of the old town I welcome the hotel. We need work here more than a playground with one broken swing.',
        'The traffic in the narrow streets was there before. It comes from the supermarket, not from a hotel that is not even built.',
        'Who lives in the old town? I have delivered letters there for ten years, and half of the houses are empty.',
      ],
    },
    {
      text: 'The river smelled of chlorine again on Sunday morning, and there were dead fish below the bridge. The paper mill says that it knows nothing, as it does every year.',
      same: [
        'The river smelled of chlorine again on Sunday morning and there were dead fish below the bridge... The paper mill says that it knows nothing – as it does every year',
        'the river smelled of chlorine again on sunday morning, and there were dead fish below the bridge. the paper mill says that it knows nothing, as it does every year',
      ],
      nearly: [
        'The river smelled of chlorine again on Monday morning, and there were dead fish below the bridge. The paper mill says that it knows nothing, as it does every year.',
        'The river smelled of chlorine again on Sunday morning, and there were dead fish under the bridge. The paper mill says it knows nothing, as every year.',
        'The river smelled of chlorine again on Sunday morning, and there were dead fish below the bridge. The paper mill says that it knows nothing, as it does every year. When will the mayor act?',
      ],
      different: [
        'My father worked in the paper mill for thirty years. They always let it out on Sunday, when the inspectors are at home.',
        'Dead fish below the bridge can have many reasons. In a hot summer there is simply not enough oxygen in the river.',
        'We swam in the river on Sunday and smelled nothing at all. Please do not scare people away from our beach.',
      ],
    },
  ],
  common: [
    'I agree',
    'Well said!',
    'Great article, thank you.',
    'So true',
    'RIP',
    'What a shame',
    'Thanks for sharing',
    'Lol',
  ],
  alike: [
    [
      'Thank you for this report on the bus lines, I learned a lot.',
      'Thank you for this report on the school, I learned a lot.',
    ],
    [
      'Congratulations to our girls, you made the whole town proud!',
      'Congratulations to our team, you made the whole country proud!',
    ],
    [
      'I have lived here for twenty years and never saw such rain.',
      'I have lived here for thirty years and never saw such a drought.',
    ],
    [
      'My condolences to the family of Mr Hart. He was a good teacher.',
      'My condolences to the family of Mrs Lowe. She was a good doctor.',
    ],
  ],
  hard: [
    ['Vote no on the hotel! Save our playground!', 'Vote no on the hotel! Save our park now!'],
    ['Cheap loans in one hour, write to Dr Benson', 'Cheap loans in one day, write to Dr Williams'],
    [
      'I was in debt until I met Dr Benson, who lent me 20,000 at two percent within one day. Write to him today.',
      'I was in d\u0435bt until I m\u0435t Dr B\u0435ns\u043En, wh\u043E l\u0435nt m\u0435 20,000 \u0430t tw\u043E p\u0435rc\u0435nt within \u043En\u0435 d\u0430y. Writ\u0435 t\u043E him t\u043Ed\u0430y.',
    ],
  ],
}

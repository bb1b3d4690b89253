/** What the demo does with a comment after it was submitted; rules are codes of the default terms. */
export type Fate =
  | { action: 'pending' }
  | { action: 'approve' }
  | { action: 'edit'; text: string; rules: string[] }
  | { action: 'reject'; rules: string[]; reason: string }
  | { action: 'return'; rules: string[]; reason: string }

type DemoReply = {
  /** BCP 47 */
  language: string
  name: string | null
  text: string
  fate: Extract<Fate, { action: 'approve' | 'pending' }>
}

type DemoComment = Omit<DemoReply, 'fate'> & { fate: Fate; reply?: DemoReply }

/** An invented news story for the demo site; no person, place or company in it is real. */
export const demoArticle = {
  title: 'Sallow Reach starts to rebuild its ferry landing',
  language: 'en',
  paragraphs: [
    'Work began on Monday on a new ferry landing at Sallow Reach, two winters after a flood carried the old one away. The town council expects the first boat to tie up there before school starts in the autumn.',
    'Since the flood, people on the east bank have had to use the road bridge upstream. A trip to the market that took twelve minutes by boat now takes an hour by bus.',
    'The new landing will float. Four steel piles will hold a deck that rises and falls with the river, so that the ramp stays gentle enough for wheelchairs and prams at any water level, an engineer told a public meeting last week.',
    'The work will cost a third more than the first estimate. The council says that the price of steel explains most of the difference. Two of its members voted against the plan and asked for the tenders to be published; the council has not yet answered them.',
    'Boat crews are glad of the landing but uneasy about the timetable, which ends an hour earlier than it did before the flood. “A landing without an evening boat is half a landing,” one pilot said.',
    'Market traders have a question of their own: whether they may push carts down the ramp in the early morning. The council will hear them in the town hall next month, and will take questions in every language that is spoken in the town.',
  ],
}

/** Invented comments under the demo article, by readers of ten languages, in most of the states that a desk shows. */
export const demoComments: DemoComment[] = [
  {
    language: 'en',
    name: 'Wren',
    text: 'My mother lives on the east bank and has missed two winters of market days. A ramp that works at low water is worth waiting for.\n\nI hope the council listens to the crews and keeps the evening boat.',
    fate: { action: 'approve' },
    reply: {
      language: 'ko',
      name: '강가 사람',
      text: '저도 같은 생각이에요. 저녁 배가 없으면 퇴근하고 집에 가기가 힘들어요.',
      fate: { action: 'approve' },
    },
  },
  {
    language: 'yue',
    name: '街市客',
    text: '以前搭船十二分鐘就到街市，而家坐巴士要成個鐘，真係好唔方便。快啲起好就好喇。',
    fate: { action: 'approve' },
  },
  {
    language: 'my',
    name: null,
    text: 'ကူးတို့ဆိပ်အသစ် မြန်မြန်ပြီးပါစေ။ ဈေးသွားရတာ ပိုလွယ်သွားမှာပါ။',
    fate: { action: 'approve' },
  },
  {
    language: 'bo',
    name: null,
    text: 'གྲུ་ཁ་གསར་པ་འདི་མྱུར་དུ་ལེགས་གྲུབ་ཡོང་བའི་རེ་བ་ཡོད། མི་མང་ལ་ཕན་ཐོགས་ཆེན་པོ་ཡོང་ངེས་རེད།',
    fate: { action: 'approve' },
  },
  {
    language: 'ug',
    name: 'ئايدىڭ',
    text: 'يېڭى كېمە بېكىتى تېزراق پۈتسۇن! شۇنداق بولسا، بالىلارنىڭ مەكتەپكە بېرىشى ئاسان بولىدۇ.',
    fate: { action: 'approve' },
  },
  {
    language: 'vi',
    name: 'Mây',
    text: 'Chi phí tăng đến một phần ba. Hội đồng nên công bố hồ sơ đấu thầu cho người dân xem.',
    fate: { action: 'approve' },
    reply: {
      language: 'lo',
      name: null,
      text: 'ຂ້ອຍກໍເຫັນດີນຳ. ປະຊາຊົນຄວນໄດ້ຮູ້.',
      fate: { action: 'pending' },
    },
  },
  {
    language: 'en',
    name: 'Old Carpenter',
    text: 'I can lend a trailer to move the old planks, free of charge. My number is +999 555 0142. I will also be at the meeting in the town hall.',
    fate: {
      action: 'edit',
      text: 'I can lend a trailer to move the old planks, free of charge. […] I will also be at the meeting in the town hall.',
      rules: ['private_details'],
    },
  },
  {
    language: 'en',
    name: 'Harbour Bargains',
    text: 'Lowest prices on outboard motors, this week only! Order at motors.example and take 20% off with the code FERRY.',
    fate: {
      action: 'reject',
      rules: ['promotion'],
      reason:
        'This advertises a shop and says nothing about the landing. You are welcome to write about the article without the offer.',
    },
  },
  {
    language: 'en',
    name: 'Doubtful',
    text: 'The new deck will sink in its first winter. The engineers have already admitted it among themselves.',
    fate: {
      action: 'return',
      rules: ['facts'],
      reason:
        'Please say where the second sentence can be read, or write it as your own worry. Your doubt that the deck will last is welcome as it stands.',
    },
  },
  {
    language: 'km',
    name: null,
    text: 'ខ្ញុំសូមអរគុណដល់អ្នកដែលធ្វើការនៅកំពង់ចម្លងនេះ។ ខ្ញុំសង្ឃឹមថាវានឹងរួចរាល់ឆាប់ៗ។',
    fate: { action: 'pending' },
  },
  {
    language: 'zh-Hans',
    name: '卖菜的',
    text: '请问早上可以推车走坡道吗？我每天六点要送菜去市场。',
    fate: { action: 'pending' },
  },
  {
    language: 'en',
    name: null,
    text: 'WHY DID NOBODY ASK THE EAST BANK? READ WHAT WAS SAID AT THE MEETING BEFORE YOU CELEBRATE: https://minutes.example/landing',
    fate: { action: 'pending' },
  },
]

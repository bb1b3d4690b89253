/** Whom a reader must not be taken for, in every case of this set. */
export const reserved: readonly string[] = names(
  'The Daily Post | Postbag | Jane Doe | Robert Miller | Nguyễn Văn An | 김민수 | 陳大文 | 王小红',
  'အောင်မြင့်မြတ် | Sok Dara | សុខ ដារ៉ា | Tenzin Wangmo | བསྟན་འཛིན་དབང་མོ | ئالىم قادىر',
  'ສົມພອນ ແກ້ວມະນີ',
)

/** Names that pass for the house, its people, or its staff in general. */
export const borrowedNames: readonly string[] = names(
  // staff, in English
  'Editor | editor | EDITOR | The Editor | the editors | Editor-in-Chief | Editor in chief | Admin',
  'ADMIN | admin1 | admin_2 | xX_Admin_Xx | Administrator | site admin | Moderator | Moderators',
  'Mod | MOD 1 | mods | Mod Team | Newsroom | News Room | NewsRoom | news desk | Newsdesk | Staff',
  'STAFF | Site Staff | Webmaster | Staff Reporter | Editorial Team | Help Desk | Support Team',
  'Customer Service | Official | Moderator Kim | Kim (moderator) | Jo, editor | Deputy Editor Sue',
  'EditorSue | sue.editor | Publisher',
  // staff, dressed up
  'Adm1n | Adm!n | @dmin | 4dmin | 4dm1n | AdmIn | Admln | Aԁmin | Аdmin | Admіn | Аdмin | ａｄｍｉｎ',
  'ADMІN | ád́min | Àdmïn | a d m i n | A.D.M.I.N | a-d-m-i-n | a_d_m_i_n | Admiin | Adminn',
  'Aadmin | adrnin | ad\u200Bmin | ad\u00ADmin | a\u2060d\u2060m\u2060i\u2060n | admin\u200F',
  '𝐀𝐝𝐦𝐢𝐧 | 𝓐𝓭𝓶𝓲𝓷 | 𝔸𝕕𝕞𝕚𝕟 | Ⓐⓓⓜⓘⓝ | 🅐🅓🅜🅘🅝 | 🄰🄳🄼🄸🄽 | 🇦 🇩 🇲 🇮 🇳 | ᴀᴅᴍɪɴ | ΑDΜΙΝ | Edıtor | Editοr',
  'Еditor | Ed1tor | Edit0r | 3ditor | 3d1t0r | Editör | EDIT0R | E d i t o r | Editorr | Eeditor',
  'Editr | Edtior | Moderater | Moderatr | M0derator | Mоderator | Moderat0r | m0d3r4t0r | M.o.d',
  'Modérateur moderator | N€wsroom | Newsr00m | Nеwsroom | Nevvsroom | $taff | 5taff | Stаff',
  'stafff | Staff! | Rep0rter | Reρorter | Publisner | Webmastr | 0fficial | Ꭺdmin | Ådmin',
  // the house and its people
  'The Daily Post | Daily Post | the daily post | TheDailyPost | The_Daily_Post',
  'Daily Post Official | Dai1y Post | The Dаily Post | Ｔｈｅ Ｄａｉｌｙ Ｐｏｓｔ | Daily P0st | Postbag',
  'P0stbag | Pοstbag | POSTBAG team | Post bag | Postbag 2 | postbag_ | The real Postbag',
  'Jane Doe | jane doe | JaneDoe | Jane_Doe | jane.doe | Doe Jane | Jаne Doe | Jane D0e | Jane Döe',
  'J a n e D o e | Jane Doe 1 | Jane Doe (real) | The real Jane Doe | Jane  Doe! | Jane Dοe',
  'not Jane Doe | Jane Doe Official | Ms Jane Doe | Robert Miller | R0bert Miller | Robert MiIler',
  'Rοbert Miller | RobertMiller77 | Miller, Robert | Robert rniller | Nguyễn Văn An',
  'nguyen van an | NGUYỄN VĂN AN | Nguyễn Văn  An | nguyễn.văn.an | 김민수 | 김 민 수 | 김민수기자 | 김민수 님',
  '기자 김민수 | 陳大文 | 陳 大 文 | 陳大文先生 | 陳大文記者 | 王小红 | 王小红本人 | အောင်မြင့်မြတ် | အောင် မြင့် မြတ်',
  'ကိုအောင်မြင့်မြတ် | Sok Dara | SOK DARA | sokdara | Dara Sok | សុខ ដារ៉ា | សុខដារ៉ា',
  'Tenzin Wangmo | tenzin.wangmo | Tenzln Wangmo | བསྟན་འཛིན་དབང་མོ | བསྟན་འཛིན་དབང་མོ་ལགས',
  'ئالىم قادىر | قادىر ئالىم | ສົມພອນ ແກ້ວມະນີ | ສົມພອນແກ້ວມະນີ',
  // staff, in the other nine languages
  'အယ်ဒီတာ | အယ်ဒီတာချုပ် | အယ်ဒီတာအဖွဲ့ | စာတည်းမှူး | အက်ဒမင် | သတင်းခန်း',
  'သတင်းထောက် မောင်မောင် | ဝန်ထမ်း | 編輯 | 總編輯 | 編輯部 | 小編 | 管理員 | 網站管理員 | 版主 | 站長 | 新聞部 | 記者阿明',
  '官方帳號 | 客服 | 編 輯 | 编辑 | 总编 | 主编 | 管理员 | 系统管理员 | 站长 | 新闻部 | 记者小李 | 工作人员 | 编辑01 | 职员 | និពន្ធនាយក',
  'អ្នកគ្រប់គ្រង | អ្នកកែសម្រួល | អេដមីន | បន្ទប់ព័ត៌មាន | អ្នកសារព័ត៌មាន វណ្ណា | បុគ្គលិក | 관리자',
  '운영자 | 운영진 | 편집장 | 편집국 | 편집부 | 사이트관리자 | 관리자님 | 관 리 자 | 보도국 | 홍 기자 | 에디터 | ບັນນາທິການ',
  'ຫົວໜ້າບັນນາທິການ | ຜູ້ດູແລລະບົບ | ແອັດມິນ | ຫ້ອງຂ່າວ | ນັກຂ່າວ ສົມສັກ | ພະນັກງານ | རྩོམ་སྒྲིག་པ',
  'རྩོམ་སྒྲིག་པ་གཙོ་བོ | རྩོམ་སྒྲིག་ཁང་ | དོ་དམ་པ། | གསར་འགོད་པ་བསོད་ནམས | ལས་བྱེད་པ་ | مۇھەررىر',
  'باش مۇھەررىر | باشقۇرغۇچى | تەھرىر بۆلۈمى | مۇخبىر | رېداكتور | خەۋەر بۆلۈمى | خادىم',
  'Biên tập viên | Ban biên tập | Tổng biên tập | BIÊN TẬP VIÊN | bien tap vien | Tòa soạn',
  'toà soạn | Quản trị viên | quan tri vien | Ban quản trị | Phóng viên Lan | Nhà báo | Nhân viên',
  'Kiểm duyệt viên',
  // a second sample, found after the rules were written
  'Ad-min | Adm¡n | Λdmin | Admin™ | Administrtor | Edi†or | senior editor | Janedoe_ | J@ne D0e',
  'Jane-Doe | jane.d0e | The Dailly Post | Postbaq | PostBag. | 管　理　員 | 管理員① | 菅理員 | 编辑 (官方)',
  '小编2号 | 관리자1 | 운영 팀 | admin관리자 | Mod Việt | ban quan tri | Biên tập | ຜູ້ ດູແລ ລະບົບ',
  'ad\u3164min | Edіtоr | MODERAT0R  | mоdеrаtоr | newsr🅾️🅾️m | ᴇᴅɪᴛᴏʀ | Ɛditor | €ditor | Ed¡tor',
  'the-daily-post | ĐẠI DIỆN TÒA SOẠN | Robert Мiller | အယ် ဒီ တာ | 总​编 | 編輯部小王 | رېداكتور 1',
  '记者的记者 | 李记者 | 小编的小编',
  'མཇུག་རྩོམ་སྒྲིག་པ | និពន្ធ​នាយក',
)

/** Names of readers' own. */
export const ownNames: readonly string[] = names(
  // English, and close to a word for staff
  "Anna | Bob | Peter Smith | Mary-Jane | O'Brien | J. R. Hartley | Ed | Eddie | Edith | Edita",
  'Edito | Eda | Aitor | Heitor | Victor | Hector | Armin | Adnan | Admir | Adam | Ada Min | Edina',
  'Modesto | Maud | Stafford | Staf | Steffi | Stephen Stafford | Auditor | Creditor Joe | Traitor',
  'Ex-teacher | Model Railway Fan | Modern Times | Moderate Voice | a modest reader | Newsreader',
  'News junkie | Nurse on staff | Staff nurse Ann | Support Ukraine | Officially tired | Taxpayer',
  'Concerned citizen | A mother of two | anonymous | Guest 12 | Reader from Leeds | Jane | Jane D.',
  'Doe | John Doe | Jane Dow | Janet Doern | Robert | Bob Miller | Roberta Mill | Daily walker',
  'Post office clerk | Postman Pat | The Postman | Lamppost | Daily | bagpost',
  'Daisy Post Young Reader | Sam0 | xX_dragon_Xx | ~*kitty*~ | M@rk | Pet3r | $am | K€vin',
  'user12345 | 42 | !!! | R2D2 | l33t h4x0r | 😀 Lily 😀',
  // honest mixtures of scripts
  '陳Peter | Peter 陳 | 김Anna | Anna 김 | タロウ太郎 | Tシャツ | DJ 阿明 | Mr.李 | K-pop팬 | A君 | Amy小姐 | 小明ABC',
  'ko ko မောင် | Min မင်း | dara ដារ៉ា | noy ນ້ອຍ | བསོད་ནམས Sonam | ali ئەلى | Ms. Hương | X先生',
  '阿Ben',
  // all Cyrillic, Greek, and others
  'Саша | Наташа | Анна | Оксана | Тарас | Вова | Ася | Сор | Рома | Мах | Том | Константин',
  'Γιάννης | Ελένη | Νίκος | محمد | فاطمة | דוד | שרה | राम | सीता | สมชาย | ณัฐ | გიორგი | Արամ',
  'さくら | ユキ | 田中一郎',
  // Burmese
  'မောင်မောင် | ကိုကို | မမ | ဒေါ်လှ | ဦးဘ | သူရ | နီလာ | အောင်အောင် | ရန်ကုန်သား | အောင်မြင့်',
  'စာဖတ်သူ | ကျောင်းသား | အစိုးရဝန်ထမ်း',
  // Chinese
  '阿明 | 小美 | 陳小文 | 陳大明 | 大文 | 李輯 | 街坊 | 香港人 | 路人甲 | 讀者 | 老王 | 王小明 | 小红帽 | 张伟 | 李娜 | 吃瓜群众 | 理工男',
  '网友 | 图书管理系学生 | 退休教師 | 一個媽媽 | 站着说话 | 長者 | 新聞讀者 | 方官',
  // Khmer, Lao, Tibetan, Uyghur
  'សុខា | ដារ៉ា | វណ្ណា | ចាន់ធី | ស្រីមុំ | អ្នកអាន | កូនខ្មែរ | សុខ | ម៉ែខ្ញុំ | និស្សិត',
  'គ្រូបង្រៀន | ສົມຊາຍ | ນ້ອຍ | ແກ້ວ | ຄຳຫຼ້າ | ບຸນມີ | ຄົນລາວ | ຜູ້ອ່ານ | ສົມພອນ | ນັກຮຽນ',
  'ຜູ້ດູແລແມ່ | བསོད་ནམས | བཀྲ་ཤིས | ཚེ་རིང | དབང་མོ | སློབ་མ | ཀློག་པ་པོ | བསྟན་འཛིན | རྡོ་རྗེ',
  'པ་སངས | ལྷ་མོ | ئالىم | گۈلنار | مەمەت | ئايگۈل | قادىر | ئوقۇرمەن | بىر ئانا | تۇرسۇن',
  'غۇلجىلىق | ئوقۇغۇچى',
  // Korean
  '김철수 | 이영희 | 박민수 | 민수 | 독자 | 시민 | 이기자 | 홍길동 | 대학생 | 두아이엄마 | 김민지 | 지나가다 | 편의점 | 관악구민 | 운동하자',
  '이야기자랑',
  // Vietnamese
  'Lan | Nam | Nguyễn Văn Bình | Nguyễn Thị An | Văn An | Trần Văn Biên | Lê Viên | Phong',
  'Minh Quân | Hà Nội | Bạn đọc | Một người mẹ | Người qua đường | Tân Biên | Toàn | Soạn | Trị',
  'Hùng 1985 | cô giáo Thảo | dân Sài Gòn | Nhà Bè',
  // a second sample, found after the rules were written
  'Eduard | Editha | Admiral | Admire | Adminah | Modi | Modric | Reportedly me | Newsome | Stefan',
  'Miller | Robert M. | Postbank | Postbox | Daily Bread | Jane Roe | Jan Doe | Janet Doe | 김민서',
  '陳文 | 王小 | 管家 | 編織 | 關心員工 | 관리 | 운영 | 편지 | Biên Hòa | Quản | Tập | An Nguyễn | Adi | Minnie',
  'Modern | Medi | Auditor 3 | Nick Editson | Sub | Mara Dona | Rep | Pablo Sher | Cor Respond',
  'Col Umn | Web Slinger | Doe a deer | Post Malone | The Daily Grind | Dara | Sok San | Tenzin',
  'Wangmo | အောင်မြတ် | მოდი | Модест | Эдитор | Адмирал | 小編織 | 老主編的鄰居 | 民眾記得 | Max Admin-Not',
  '관악산 | 기자미 | Ann Staffordshire',
  '李记者的粉丝 | 小編的媽媽 | Người Quảng Trị | Dân Quảng Trị | ພະນັກງານທະນາຄານ | 최기자 | Nurse Joy',
)

function names(...lines: string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' | '))
}

/**
 * What the staff of a news page is called in the ten languages: a reader who signs so speaks for the house. Words in
 * scripts that put no spaces between words are also looked for inside a name.
 */
export const staffWords: Record<string, readonly string[]> = {
  en: words(
    'editor, editors, editorial, editor in chief, editorial team, moderator, moderators, moderation, admin, admins, ' +
      'administrator, administrators, administration, newsroom, news desk, news team, webmaster, sysadmin, site owner, ' +
      'site staff, staff writer, staff reporter, reporter, columnist, correspondent, publisher, official account, ' +
      'customer service, help desk, support team, mod team, community manager',
  ),
  my: words('အယ်ဒီတာ, စာတည်း, အက်ဒမင်, အဒ်မင်, စီမံခန့်ခွဲသူ, ကြီးကြပ်သူ, သတင်းခန်း, သတင်းထောက်, သတင်းဌာန, မော်ဒရေတာ'),
  'zh-Hant': words(
    '編輯, 總編, 主編, 小編, 管理員, 版主, 站長, 新聞部, 新聞室, 記者, 官方, 客服, 工作人員, 審核員, 網管, 採訪主任',
  ),
  'zh-Hans': words(
    '编辑, 总编, 主编, 小编, 管理员, 站长, 新闻部, 新闻室, 记者, 工作人员, 审核员, 网管, 采访主任',
  ),
  km: words('និពន្ធនាយក, អ្នកកែសម្រួល, អ្នកសម្របសម្រួល, អ្នកគ្រប់គ្រង, អេដមីន, បន្ទប់ព័ត៌មាន, អ្នកសារព័ត៌មាន, អ្នកយកព័ត៌មាន'),
  ko: words(
    '편집자, 편집장, 편집국, 편집부, 편집인, 에디터, 관리자, 운영자, 운영진, 운영팀, 어드민, 모더레이터, 뉴스룸, 보도국, ' +
      '취재기자, 특파원, 논설위원, 고객센터, 기자, 공식',
  ),
  lo: words('ບັນນາທິການ, ຜູ້ດູແລລະບົບ, ຜູ້ຄວບຄຸມ, ແອັດມິນ, ຫ້ອງຂ່າວ, ນັກຂ່າວ, ຜູ້ສື່ຂ່າວ'),
  bo: words('རྩོམ་སྒྲིག་པ, རྩོམ་སྒྲིག་ཁང, དོ་དམ་པ, གསར་འགོད་པ, གསར་འགྱུར་ཁང, བདག་གཉེར་བ'),
  ug: words('مۇھەررىر, تەھرىر, تەھرىرات, رېداكتور, باشقۇرغۇچى, نازارەتچى, مۇخبىر, ئادمىن, خەۋەر بۆلۈمى'),
  vi: words(
    'biên tập, biên tập viên, ban biên tập, tổng biên tập, tòa soạn, quản trị viên, quản trị, ban quản trị, kiểm duyệt viên, ' +
      'người kiểm duyệt, điều hành viên, phóng viên, nhà báo',
  ),
}

/** Words that are staff only where nothing else stands but numbers: elsewhere they are other people's work. */
export const staffWordsAlone: readonly string[] = words(
  'staff, mod, mods, official, support, journalist, news, ဝန်ထမ်း, 職員, 职员, 本報, 本报, 本台, អ្នកនិពន្ធ, បុគ្គលិក, 직원, ' +
    '스태프, ພະນັກງານ, ທີມງານ, ຜູ້ດູແລ, ལས་བྱེད་པ, خادىم, خىزمەتچى, nhân viên',
)

function words(list: string): readonly string[] {
  return list.split(', ')
}

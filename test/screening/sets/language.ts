/** Comments by the language that they are in, as BCP 47 tags; `und` where nobody could tell, or this service need not. */
export const languages: Record<string, readonly string[]> = {
  en: texts(
    'I walked past the new library on Saturday. | The bus never comes on time. | Why is the rent so high this year?',
    'Thanks a lot for this article! | What a mess the council has made. | My grandmother told me the same story.',
    "I don't agree with the author at all. | Nobody asked the people who live there. | This is the best thing I have read all week.",
    'Please publish the second part soon. | The photos are beautiful. | Who is going to pay for it?',
    'We waited three hours at the hospital and nobody came. | Schools need teachers, not tablets.',
    'It was closed when we arrived, so we went home. | Great reporting, keep it up | They promised this ten years ago.',
    'The prices at the market have doubled since May. | Never heard of him | Good luck with that, mate.',
    'NATO, WHO and ASEAN all sent people, and what came of it?',
    // a second sample, found after the rules were written
    'So sad to hear this | My kids love that playground | Typo in the second paragraph, should be 2019',
    'lol nobody believes that anymore | RIP, he was a good man | First! | you wrote what we all think',
    'Can someone explain?',
  ),
  my: texts(
    'ဒီနေ့ မိုးရွာလို့ လမ်းတွေ ရေကြီးနေတယ်။ | ကျောင်းအသစ်ဖွင့်ပြီ၊ ဝမ်းသာပါတယ်။ | ဈေးနှုန်းတွေ တက်လာပြီ။',
    'ကျေးဇူးတင်ပါတယ် | သဘောမတူပါဘူး။ | ဟုတ်တယ် မှန်တယ် | ဘတ်စ်ကားက တစ်နာရီမှ တစ်စီးလာတယ်။ | မီးပြတ်တာ နေ့တိုင်းပါပဲ။',
    'Facebook ပေါ်မှာ ဖတ်ပြီးပြီ ကျေးဇူးပါ | စာကြည့်တိုက်က အရမ်းကောင်းတယ်။ | ဘယ်သူ တာဝန်ယူမလဲ။ | ရန်ကုန်မှာ ကားကြပ်တယ် 😢',
    'ဆရာဝန် ၅ ယောက်ပဲ ရှိတော့တယ်။ | လူငယ်တွေ နိုင်ငံခြား ထွက်ကုန်ပြီ။ | ငလျင်လှုပ်တာ ကြောက်စရာကြီး။ | ကလေးတွေ သနားပါတယ်။',
    'ဒီေန႔ မိုး႐ြာလို႔ လမ္းေတြ ေရႀကီးေနတယ္။ | ေက်းဇူးတင္ပါတယ္ ခင္ဗ်ာ။ | ေစ်းႏႈန္းေတြ တက္လာၿပီ။ | သဘောတူတယ်',
    'ဗီဒီယိုကို ကြည့်လို့မရဘူး။ | တောင်သူတွေ နစ်နာတယ်။',
    // a second sample, found after the rules were written
    'နောက်ဆုံးတော့ ပြီးသွားပြီ | ဓာတ်ဆီဈေး တက်ပြန်ပြီ | ဆရာ့စာတွေ အမြဲဖတ်တယ် ခင်ဗျ | မသိဘူး',
    'အဲဒါ မဖြစ်သင့်ဘူးလေ | ok လုပ်ပါ | က်မ္းမာပါေစ | ဂုဏ္ယူပါတယ္',
  ),
  yue: texts(
    '今日落好大雨，巴士等咗成個鐘都唔嚟。 | 我哋嘅街坊都話新嗰間圖書館好靚㗎！ | 佢哋成日講 WhatsApp 群組，我都唔識用。',
    '唔該借借 | 點解冇人理？ | 喺港鐵度聽到呢句就開心。 | 你哋唔好咁啦 | 阿媽話佢細個嗰陣都係咁。 | 乜嘢事呀？',
    '睇咗三次都唔明佢想講乜。 | 啲樓價癲㗎，邊個買得起？ | 我而家先知原來係咁。 | 聽日再傾啦，好夜喇，瞓覺先。',
    '講就易，做就難，有冇人跟進㗎？ | 小編辛苦晒，寫得好好睇。 | 成日塞車，返工返到癲。 | 搵食艱難，大家加油啦！',
    '我哋广州人都系咁讲嘢嘅。 | 你食咗飯未呀？ | 呢個政府真係嘥錢。 | 冇問題，我幫你睇吓。 | 估唔到會係咁 | 佢係邊個？',
    // a second sample, found after the rules were written
    '老細又加班，頂唔順 | 呢間茶餐廳執咗笠好可惜 | 幾時先有得飲茶 | 我都覺得係 | 夠鐘收工 | 你估我唔到 | 真係唔知講乜好 | 依家啲後生仔好慘',
  ),
  'zh-Hans': texts(
    '昨天的新闻我看了三遍，还是不太明白。 | 市政府说明年会修好这座桥，大家等着看吧。 | 房租涨了12%，工资却没有变，怎么办？',
    '中国、UNESCO、ASEAN、NATO 都派了代表。 | 写得真好，谢谢编辑。 | 我不同意作者的观点。 | 医院排队三个小时，没有人管。',
    '孩子们需要更多的老师。 | 这个问题早就该解决了 | 图书馆什么时候开门？ | 照片里的灯真漂亮！ | 说得对 | 支持国产电影',
    '我奶奶也讲过这个故事。 | 堵车堵得厉害，天天迟到。 | 希望能继续报道下去。 | 谁来负责？没人回应。 | 为什么要删评论',
    '菜价涨了一倍，老百姓受不了。 | 台风过后，村里还没有电。 | 现在年轻人压力很大，买不起房。',
    // a second sample, found after the rules were written
    '这家店倒闭了，真可惜 | 早就该这样做了 | 转发支持 | 请问什么时候出结果 | 记者写得很客观 | 太贵了买不起 | 终于等到这一天 | 楼上说得有道理',
  ),
  'zh-Hant': texts(
    '昨天的新聞我看了三遍，還是不太明白。 | 市政府說明年會修好這座橋，大家等著看吧。 | 房租漲了12%，薪水卻沒有變，怎麼辦？',
    '寫得真好，謝謝記者。 | 我不同意作者的觀點。 | 醫院排隊三個小時，沒有人管。 | 孩子們需要更多的老師。 | 這個問題早就該解決了',
    '圖書館什麼時候開門？ | 照片裡的燈真漂亮！ | 說得對 | 臺灣的夏天越來越熱了。 | 我阿嬤也講過這個故事。 | 希望能繼續報導下去。',
    '關係到每個人的權益，請政府說清楚。 | 颱風過後，村裡還沒有電。 | 年輕人壓力很大，買不起房子。 | 誰來負責？沒人回應。',
    '特區政府應盡快回應市民訴求。 | 港鐵今早服務受阻，乘客須轉乘巴士。 | 為什麼要刪留言 | 本報報導屬實，感謝編輯。',
    // a second sample, found after the rules were written
    '這家店倒閉了，真可惜 | 早就該這樣做了 | 轉發支持 | 請問什麼時候出結果 | 記者寫得很客觀 | 太貴了買不起 | 終於等到這一天 | 樓上說得有道理',
  ),
  km: texts(
    'ថ្ងៃនេះ\u200Bភ្លៀង\u200Bខ្លាំង\u200Bណាស់ ផ្លូវ\u200Bលិច\u200Bទឹក។ | ខ្ញុំ\u200Bសូម\u200Bអរគុណ\u200Bដល់\u200Bអ្នក\u200Bសរសេរ | តម្លៃ\u200Bអង្ករ\u200Bឡើង ២៥% ក្នុង\u200Bមួយ\u200Bឆ្នាំ',
    'កូន\u200Bខ្ញុំ\u200Bរៀន\u200Bនៅ\u200Bសាលា\u200Bថ្មី ៕ | អរគុណច្រើន | ខ្ញុំមិនយល់ស្របទេ។ | រូបភាពស្អាតណាស់! | ហេតុអ្វីបានជាភ្លើងដាច់រាល់ថ្ងៃ?',
    'តើអ្នកណាទទួលខុសត្រូវ? | មន្ទីរពេទ្យមិនមានគ្រូពេទ្យគ្រប់គ្រាន់ទេ។ | សាលារៀនត្រូវការគ្រូបង្រៀន។ | Facebook នេះមានព័ត៌មានល្អ',
    'កសិករខ្វះទឹកធ្វើស្រែ។ | ត្រឹមត្រូវហើយ | រង់ចាំអានភាគបន្ទាប់។ | ផ្លូវនៅភូមិខ្ញុំខូចអស់ហើយ | សូមឲ្យសំណាងល្អ',
    'យុវជនគ្មានការងារធ្វើ។ | តម្លៃសាំងឡើងទៀតហើយ 😡 | ជីដូនខ្ញុំធ្លាប់និទានរឿងនេះ។ | បណ្ណាល័យថ្មីល្អណាស់។',
    // a second sample, found after the rules were written
    'ខ្ញុំចូលចិត្តអត្ថបទនេះ | សូមជួយផ្សព្វផ្សាយផង | គ្មានអ្នកណាដឹងទេ | ល្អណាស់ | ទឹកឡើងលឿនណាស់ឆ្នាំនេះ',
    'ok បង',
  ),
  ko: texts(
    '어제 새 도서관에 다녀왔는데 정말 좋았어요 ㅋㅋㅋ | 버스가 한 시간에 한 대뿐이라서 출근하기 힘듭니다. | KTX 요금이 또 올랐네요.',
    '기사 잘 읽었습니다 ㅠㅠ 다음 편도 기다릴게요 | 동의하지 않습니다. | 사진이 참 예쁘네요! | 누가 책임질 건가요? | 맞는 말씀',
    '병원에서 세 시간을 기다렸어요. | 학교에는 선생님이 더 필요합니다. | 집값이 너무 올라서 살 수가 없다 | 할머니께서 해 주신 이야기와 같네요.',
    '감사합니다 | 정부는 대답하라 | 왜 댓글을 지우나요? | 태풍이 지나간 뒤에도 전기가 안 들어옵니다. | NATO랑 UN은 뭐 하나',
    '시장 물가가 두 배가 됐어요. | 요즘 젊은이들 정말 힘들다. | 좋은 기사 고맙습니다 | 길이 너무 막혀요 😭',
    // a second sample, found after the rules were written
    '드디어 끝났네 | 기름값 또 올랐다 | 이게 나라냐 | 우리 동네도 마찬가지예요 | 저도요 | 힘내세요!! | 오타 있어요 | 잘 봤습니다',
  ),
  lo: texts(
    'ມື້ນີ້ຝົນຕົກໜັກ ທາງບ້ານນ້ຳຖ້ວມ. | ຂ້ອຍ\u200Bມັກ\u200Bອ່ານ\u200Bຂ່າວ\u200Bທຸກ\u200Bເຊົ້າ. | ໂຮງຮຽນໃໝ່ເປີດແລ້ວ ດີໃຈຫຼາຍ 😊 | ລາຄາເຂົ້າຂຶ້ນ 20% ໃນປີດຽວ',
    'ຂອບໃຈຫຼາຍໆ | ບໍ່ເຫັນດີນຳ | ຮູບງາມຫຼາຍ! | ໃຜຈະຮັບຜິດຊອບ? | ໂຮງໝໍບໍ່ມີທ່ານໝໍພໍ. | ເປັນຫຍັງໄຟດັບທຸກມື້?',
    'ຊາວນາບໍ່ມີນ້ຳເຮັດນາ. | ຖືກຕ້ອງ | ລໍຖ້າອ່ານຕອນຕໍ່ໄປ. | ທາງຢູ່ບ້ານຂ້ອຍເປ່ເພໝົດ. | ຂໍໃຫ້ໂຊກດີ | Facebook ນີ້ມີຂ່າວດີ',
    'ຊາວໜຸ່ມບໍ່ມີວຽກເຮັດ. | ລາຄານ້ຳມັນຂຶ້ນອີກແລ້ວ | ແມ່ຕູ້ຂ້ອຍເຄີຍເລົ່ານິທານນີ້. | ຫໍສະໝຸດໃໝ່ງາມຫຼາຍ.',
    // a second sample, found after the rules were written
    'ສຸດທ້າຍກໍສຳເລັດ | ມັກບົດຄວາມນີ້ຫຼາຍ | ບໍ່ມີໃຜຮູ້ | ດີຫຼາຍ | ປີນີ້ນ້ຳຂຶ້ນໄວ | ຊ່ວຍແຊຣ໌ແດ່',
  ),
  bo: texts(
    'དེ་རིང་ཆར་པ་ཆེན་པོ་བབས་སོང་། | ང་ཚོའི་གྲོང་གསེབ་ལ་སློབ་གྲྭ་གསར་པ་ཞིག་བཙུགས་པ་རེད། | གསར་འགྱུར་འདི་ཡག་པོ་འདུག',
    'དཔེ་མཛོད་ཁང་ནི་ཕྱི་ཚེས་༡༥་ལ་སྒོ་འབྱེད་ཀྱི་རེད། | ཐུགས་རྗེ་ཆེ། | ང་འདོད་པ་མི་འཐུན། | པར་རིས་མཛེས་པོ་འདུག | སུས་འགན་འཁུར་རམ།',
    'སྨན་ཁང་ལ་སྨན་པ་འདང་ངེས་མི་འདུག | སློབ་གྲྭ་ལ་དགེ་རྒན་དགོས། | དངོས་གནས་རེད། | རིན་གོང་འཕར་འདུག | བོད་ཀྱི་སྐད་ཡིག་སྲུང་སྐྱོབ་བྱེད་དགོས།',
    'ཨ་མས་སྒྲུང་འདི་བཤད་མྱོང་། | རྩོམ་པ་པོ་ལ་ཐུགས་རྗེ་ཆེ་ཞུ། | གློག་ཉིན་ལྟར་འཆད་ཀྱི་འདུག | ལམ་ཁག་འདི་སྡུག་ཅག་རེད།',
    'བཀྲ་ཤིས་བདེ་ལེགས། | ཁྱེད་རང་གིས་གསུངས་པ་བདེན་པ་རེད། | ངས་ཐེངས་གསུམ་བཀླགས་པ་ཡིན། | གཞོན་ནུ་ཚོར་ལས་ཀ་མེད།',
    // a second sample, found after the rules were written
    'མཇུག་ཏུ་གྲུབ་སོང་། | ང་རྩོམ་འདི་ལ་དགའ་པོ་ཡོད། | སུས་ཀྱང་ཤེས་ཀྱི་མ་རེད། | ཡག་པོ་བྱུང་།',
    'ད་ལོའི་ཆར་པ་མང་པོ་འདུག | ཚང་མས་མཁྱེན་དགོས།',
  ),
  ug: texts(
    'بۈگۈن ھاۋا بەك ياخشى، يامغۇر ياغمىدى. | يېڭى مەكتەپ ئېچىلدى، بەك خۇشال بولدۇم. | بۇ خەۋەرنى ئۈچ قېتىم ئوقۇدۇم.',
    'رەھمەت سىزگە | مەن قوشۇلمايمەن. | سۈرەتلەر چىرايلىق ئىكەن! | كىم مەسئۇل بولىدۇ؟ | دوختۇرخانىدا ئۈچ سائەت ساقلىدىم.',
    'بازاردا ھەممە نەرسە قىممەتلەپ كەتتى. | مومام بۇ چۆچەكنى ئېيتىپ بېرەتتى. | ياشلارغا خىزمەت يوق. | توغرا ئېيتىسىز',
    'ئۇيغۇر تىلىنى قوغداش كېرەك. | يوللار بەك ناچار | كېيىنكى قىسمىنى كۈتىمەن. | NATO بىلەن BMT نېمە قىلىۋاتىدۇ؟',
    'كۈتۈپخانا قاچان ئېچىلىدۇ؟ | ئاپتوردىن مىننەتدارمەن | توك ھەر كۈنى ئۈزۈلىدۇ. | بالىلارغا ئوقۇتقۇچى لازىم. | ياخشى يېزىلغان ماقالە',
    // a second sample, found after the rules were written
    'ئاخىرى پۈتتى | بېنزىن باھاسى يەنە ئۆرلىدى | ھېچكىم بىلمەيدۇ | بۇ ماقالىنى ياقتۇردۇم | بەك ياخشى',
    'ھەممەيلەن ئاڭلىسۇن | توغرا',
  ),
  vi: texts(
    'Hôm nay trời mưa to quá, đường phố ngập hết rồi. | Tôi đọc bài này ba lần mà vẫn chưa hiểu lắm… | Giá thuê nhà tăng 12% một năm, ai chịu nổi?',
    'Cảm ơn tòa soạn! | Tôi không đồng ý với tác giả. | Ảnh đẹp quá! | Ai chịu trách nhiệm? | Bệnh viện chờ ba tiếng không ai gọi.',
    'Đúng rồi | Trường học cần giáo viên. | Chờ phần tiếp theo | Bà tôi cũng từng kể chuyện này. | Mất điện suốt ngày, chán lắm',
    'Giá xăng lại tăng nữa rồi 😡 | Thanh niên bây giờ khó tìm việc. | Sao lại xoá bình luận? | Đường làng tôi hỏng hết rồi',
    'toi khong dong y voi bai nay | Cam on ban rat nhieu | nha nuoc phai chiu trach nhiem cho nguoi dan | bai viet rat hay va co ich',
    'tiếng Việt còn thì nước ta còn | Mong có thêm bài về quê tôi | Hay lắm, viết nữa đi',
    // a second sample, found after the rules were written
    'Cuối cùng cũng xong | Giá vàng lại tăng | Không ai biết cả | Hay | Quá tệ | Ủng hộ nhà báo',
    'Quê tôi cũng vậy | Chia buồn cùng gia đình | ai cung noi the nhung khong ai lam | Sai chính tả kìa',
  ),
  ja: texts(
    '昨日の記事を読みました。 | とても良い写真ですね！ | 東京は今日も暑いです | 誰が責任を取るのか',
    'ありがとうございます | バスが来ない',
    // a second sample, found after the rules were written
    'やっと終わった | 誰も知らない | また値上げですか',
  ),
  th: texts(
    'ขอบคุณมากครับ | วันนี้ฝนตกหนักมาก | ใครจะรับผิดชอบ | รูปสวยมากเลย',
    // a second sample, found after the rules were written
    'เสร็จสักที | ไม่มีใครรู้ | ราคาน้ำมันขึ้นอีกแล้ว',
  ),
  fr: texts(
    "Je ne suis pas d'accord avec l'auteur. | Merci beaucoup pour cet article. | Qui va payer pour tout cela ? | Les photos sont magnifiques.",
    // a second sample, found after the rules were written
    "Enfin terminé, pas trop tôt | Personne n'en sait rien | C'est une honte",
  ),
  de: texts(
    'Das ist doch Unsinn, was da steht. | Vielen Dank für den Artikel! | Wer soll das alles bezahlen? | Die Bilder sind sehr schön geworden.',
    // a second sample, found after the rules were written
    'Endlich fertig, wurde auch Zeit | Niemand weiß etwas | Eine Schande ist das',
  ),
  es: texts(
    'No estoy de acuerdo con el autor. | Muchas gracias por este artículo. | ¿Quién va a pagar todo esto? | Las fotos son preciosas.',
    // a second sample, found after the rules were written
    'Por fin terminado, ya era hora | Nadie sabe nada | Es una vergüenza',
  ),
  pt: texts(
    'Não concordo com o autor deste texto. | Muito obrigado pela reportagem. | Quem vai pagar por isso?',
  ),
  it: texts(
    "Non sono d'accordo con l'autore. | Grazie mille per questo articolo. | Chi pagherà tutto questo?",
  ),
  nl: texts(
    'Ik ben het niet eens met de schrijver. | Wie gaat dat allemaal betalen? | Bedankt voor dit mooie artikel.',
  ),
  tr: texts('Bu yazıya katılmıyorum. | Çok güzel bir haber olmuş, teşekkürler. | Kim sorumlu olacak?'),
  pl: texts('Nie zgadzam się z autorem. | Dziękuję bardzo za ten artykuł. | Kto za to wszystko zapłaci?'),
  ms: texts(
    'Saya tidak setuju dengan artikel ini. | Terima kasih banyak atas beritanya. | Siapa yang akan bertanggung jawab?',
    // a second sample, found after the rules were written
    'Akhirnya selesai juga | Tidak ada yang tahu | Harga bensin naik lagi',
  ),
  ru: texts(
    'Я совершенно не согласен с автором. | Спасибо большое за статью, очень интересно. | Кто будет за это платить?',
    // a second sample, found after the rules were written
    'Наконец-то закончили | Никто ничего не знает | Цены опять выросли',
  ),
  uk: texts(
    'Я зовсім не згоден з автором цієї статті. | Хто за це все буде платити? | Дуже дякую за цікавий матеріал, чекаю на продовження.',
  ),
  ar: texts(
    'شكرا جزيلا على هذا المقال الرائع. | لا أتفق مع الكاتب في هذا الرأي. | من سيدفع ثمن كل هذا؟',
    // a second sample, found after the rules were written
    'وأخيرا انتهى الأمر | لا أحد يعرف شيئا',
  ),
  fa: texts(
    'من با نویسنده این مقاله موافق نیستم. | خیلی ممنون از گزارش خوب شما. | چه کسی مسئول این وضعیت است؟',
    // a second sample, found after the rules were written
    'بالاخره تمام شد | هیچ کس نمی داند',
  ),
  ur: texts('میں اس مضمون سے متفق نہیں ہوں۔ | بہت شکریہ، اچھی خبر ہے۔'),
  hi: texts(
    'मैं लेखक से सहमत नहीं हूँ। | इस लेख के लिए बहुत धन्यवाद। | इसका जिम्मेदार कौन होगा?',
    // a second sample, found after the rules were written
    'आखिर खत्म हुआ | किसी को नहीं पता',
  ),
  el: texts('Δεν συμφωνώ με τον συγγραφέα. | Ευχαριστώ πολύ για το άρθρο.'),
  he: texts('אני לא מסכים עם הכותב. | תודה רבה על הכתבה'),
  dz: texts('ང་གིས་འདི་ལུ་ཁས་ལེན་མི་འབད་ཨིན། | འདི་བདེན་པ་ཨིན་མས། ང་བཅས་ལུ་ཕན་ཐོགས་ཡོདཔ་ཨིན།'),
  zh: texts('好的 | 加油 | 大家好 | 我也是 | 照片拍得很漂亮！'),
  und: texts(
    '😀😀😀 | 👍 | ?! | 123456 | 12:30 | ... | https://example.com/a/b | ok | lol | +1 | haha | hahahaha | A | X | :-) | 50%',
    '#news #2024 | @jane_doe @john | www.example.com | wow! | hmm | brr | xxx | asdfgh | qwertz uiop | La la la | 你 | က | ཀ',
    // Shan, Mon, Karen, Kazakh, Kyrgyz, Mongolian, Pashto: not told apart here
    'မႂ်ႇသုင်ၶႃႈ ယူႇလီၵိၼ်ဝၢၼ် | ၵူၼ်းတႆး ယူႇတီႈၼႆႈ ႁူင်းႁဵၼ်း | ၼမ်ႉၶူင်း လႆၢလူင် | ပ္ဍဲကဵုဍုၚ် ဟွံမွဲ | ညးမန်တံ ဒှ်ကောန်ဂကူ | သၞာံ ၂၀၂၁ ပ္ဍဲကွာန်',
    'ပှၤကညီဖိ တၢ်မၤလိ | တၢ်ဘျုးဒိၣ်မး ယအဲၣ်နၤ | Мен бұл мақалаға келіспеймін, өкінішті. | Бул макалага кошулбаймын, өкүнүчтүү.',
    'Би энэ нийтлэлтэй санал нийлэхгүй байна, өнөөдөр. | مەن بۇعان كەلىسپەيمىن، ٴبىراق جاقسى | زه له لیکوال سره موافق نه یم، ډېره مننه',
    // halves
    'I said 我說你好嗎今天 to them and they said 謝謝你們的好意 | Hello 你好吗朋友 world 世界和平 | ok ขอบคุณมาก 감사합니다 | ຂອບໃຈ ขอบคุณ អរគុណ',
    'merci danke gracias thanks | NATO UNESCO ASEAN WHO | Jean-Claude Van Damme | Wolfgang Amadeus Mozart, Ludwig van Beethoven',
    // a second sample, found after the rules were written
    'hmm ok | 😂😂 yes | No. | ??? | 👏👏👏 | @a @b @c | 12 | မႂ်ႇသုင် | ဗွဲမဂၠိုၚ် | ကညီကျိာ် | x2 | 888 | Ha!',
    'bruh | ok 好 ok',
  ),
}

function texts(...lines: string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' | '))
}

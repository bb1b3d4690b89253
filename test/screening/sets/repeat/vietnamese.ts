import type { Repeats } from './family.ts'

export const vietnamese: Repeats = {
  families: [
    {
      text: 'Xe buýt chuyến cuối trước đây chạy lúc chín giờ rưỡi, bây giờ tám giờ đã hết xe. Công nhân tan ca chín giờ thì về nhà bằng gì?',
      same: [
        'xe buýt chuyến cuối trước đây chạy lúc chín giờ rưỡi bây giờ tám giờ đã hết xe công nhân tan ca chín giờ thì về nhà bằng gì',
        'Xe buýt chuyến cuối trước đây chạy lúc chín giờ rưỡi, bây giờ tám giờ đã hết xe. Công nhân tan ca chín giờ thì về nhà bằng gì???'.normalize(
          'NFD',
        ),
      ],
      nearly: [
        'Xe buýt chuyến cuối trước đây chạy lúc mười giờ rưỡi, bây giờ tám giờ đã hết xe. Công nhân tan ca chín giờ thì về nhà bằng gì?',
        'Xe buýt chuyến cuối trước đây chạy lúc chín giờ rưỡi, bây giờ tám giờ đã hết xe rồi. Công nhân tan ca chín giờ thì đi về bằng gì đây?',
        'Thưa tòa soạn, xe buýt chuyến cuối trước đây chạy lúc chín giờ rưỡi, bây giờ tám giờ đã hết xe. Công nhân tan ca chín giờ thì về bằng gì?',
      ],
      different: [
        'Xe buýt bây giờ sạch hơn trước nhiều, có máy lạnh, tài xế cũng lịch sự. Chỉ mong chạy muộn hơn một chút.',
        'Công nhân khu công nghiệp toàn đi xe máy, có ai chờ xe buýt đâu mà tăng chuyến.',
        'Chín giờ tối mà đường vẫn kẹt cứng, xe buýt có chạy cũng không nhanh hơn đi bộ.',
      ],
    },
    {
      text: 'Đóng cửa trường làng thì các cháu phải đi bộ hơn năm cây số đường đồi mỗi ngày, mùa mưa đường trơn rất nguy hiểm. Mong tỉnh xem xét lại.',
      same: [
        'ĐÓNG CỬA TRƯỜNG LÀNG THÌ CÁC CHÁU PHẢI ĐI BỘ HƠN NĂM CÂY SỐ ĐƯỜNG ĐỒI MỖI NGÀY, MÙA MƯA ĐƯỜNG TRƠN RẤT NGUY HIỂM. MONG TỈNH XEM XÉT LẠI.',
        'Đóng cửa trường làng thì các cháu phải đi bộ hơn năm cây số đường đồi mỗi ngày; mùa mưa, đường trơn, rất nguy hiểm! Mong tỉnh xem xét lại...',
      ],
      nearly: [
        'Đóng cửa trường làng thì các cháu phải đi bộ hơn bảy cây số đường đồi mỗi ngày, mùa mưa đường trơn rất nguy hiểm. Mong tỉnh xem xét lại.',
        'Đóng cửa trường làng thì các em phải đi bộ hơn năm cây số đường đồi mỗi ngày, mùa mưa đường trơn rất nguy hiểm. Mong huyện xem xét lại.',
        'Nếu đóng cửa trường làng thì các cháu phải đi bộ hơn năm cây số đường đồi mỗi ngày, mùa mưa đường trơn rất nguy hiểm. Kính mong tỉnh xem xét lại.',
      ],
      different: [
        'Trường làng chỉ còn mười hai học sinh, gộp lại là đúng. Các cháu sẽ có bạn, có thầy dạy tiếng Anh.',
        'Ngày xưa tôi cũng đi bộ năm cây số đi học, nhưng ngày xưa khác, bây giờ phải khác chứ.',
        'Mùa mưa đường đồi sạt lở liên tục, sao tỉnh không làm đường trước rồi hãy gộp trường?',
      ],
    },
    {
      text: 'Cho vay tín chấp không cần thế chấp, lãi suất thấp chỉ một phần trăm, giải ngân trong ngày. Liên hệ Zalo 0912 345 678 gặp chị Hương.',
      same: [
        'CHO VAY TÍN CHẤP KHÔNG CẦN THẾ CHẤP - LÃI SUẤT THẤP CHỈ MỘT PHẦN TRĂM - GIẢI NGÂN TRONG NGÀY - LIÊN HỆ ZALO 0912.345.678 GẶP CHỊ HƯƠNG',
        'Cho vay tín chấp không cần thế chấp, lãi suất thấp chỉ một phần trăm, giải ngân trong ngày. Liên hệ Zalo ０９１２３４５６７８ gặp chị Hương!',
      ],
      nearly: [
        'Cho vay tín chấp không cần thế chấp, lãi suất thấp chỉ một phần trăm, giải ngân trong ngày. Liên hệ Zalo 0912 345 999 gặp chị Lan.',
        'Cho vay tín chấp không cần thế chấp, lãi suất cực thấp chỉ một phần trăm, giải ngân ngay trong ngày. Liên hệ Zalo 0912 345 678 gặp chị Hương.',
        'Cho vay tín chấp không cần thế chấp, lãi suất thấp chỉ hai phần trăm, giải ngân trong ngày. Liên hệ Zalo 0912 345 678 gặp chị Hương nhé cả nhà.',
      ],
      different: [
        'Mấy người cho vay không thế chấp toàn là tín dụng đen, em trai tôi vay mười triệu phải trả bốn mươi triệu.',
        'Lãi suất ngân hàng đã giảm nhưng thủ tục vay vẫn khó như xưa, người nghèo không với tới.',
        'Chị Hương nào vậy? Số Zalo này lừa bà ngoại tôi tuần trước, công an đã biết rồi.',
      ],
    },
    {
      text: 'Là người dân phố cổ, tôi phản đối xây khách sạn ở đây. Công viên nhỏ là chỗ duy nhất cho trẻ con chơi và người già tập thể dục.',
      same: [
        'Là người dân phố cổ , tôi phản đối xây khách sạn ở đây . Công viên nhỏ là chỗ duy nhất cho trẻ con chơi và người già tập thể dục !',
      ],
      nearly: [
        'Là người dân phố cổ, tôi kịch liệt phản đối xây khách sạn ở đây. Công viên nhỏ là chỗ duy nhất cho trẻ con chơi và người già tập thể dục.',
        'Là người dân phố cổ, tôi phản đối xây khách sạn ở đây. Công viên nhỏ này là nơi duy nhất cho trẻ con chơi và người già tập thể dục.',
        'Là người dân sống ở phố cổ, tôi phản đối xây khách sạn tại đây. Công viên nhỏ là chỗ duy nhất cho trẻ em chơi và người già tập thể dục.',
      ],
      different: [
        'Là người dân phố cổ, tôi ủng hộ khách sạn: có việc làm, có đèn đường, đỡ cảnh tối tăm như bây giờ.',
        'Công viên nhỏ đó tối nào cũng có người nghiện, trẻ con nào dám ra chơi.',
        'Xây khách sạn thì được, nhưng phải giữ lại hàng cây cổ thụ trước đình.',
      ],
    },
    {
      text: 'Sáng chủ nhật nước sông lại có mùi thuốc tẩy, cá chết nổi trắng dưới chân cầu. Nhà máy giấy năm nào cũng nói không biết gì.',
      same: [
        'Sáng chủ nhật, nước sông lại có mùi thuốc tẩy; cá chết nổi trắng dưới chân cầu… Nhà máy giấy năm nào cũng nói "không biết gì"!',
        'Sáng chủ nhật nước sông lại có mùi thuốc tẩy, cá chết nổi trắng dưới chân cầu.\n\nNhà máy giấy năm nào cũng nói không biết gì',
      ],
      nearly: [
        'Sáng thứ bảy nước sông lại có mùi thuốc tẩy, cá chết nổi trắng dưới chân cầu. Nhà máy giấy năm nào cũng nói không biết gì.',
        'Sáng chủ nhật nước sông lại nồng mùi thuốc tẩy, cá chết nổi trắng dưới chân cầu. Nhà máy giấy năm nào cũng bảo không biết gì.',
        'Sáng chủ nhật nước sông lại có mùi thuốc tẩy, cá chết nổi trắng cả dưới chân cầu. Nhà máy giấy năm nào cũng nói là không biết gì hết.',
      ],
      different: [
        'Tôi làm ở nhà máy giấy mười năm, nước thải có xử lý đàng hoàng, đừng đổ oan cho công nhân.',
        'Cá chết là do nắng nóng, nước sông cạn quá. Năm nào tháng tư cũng vậy.',
        'Gọi cho phòng môi trường ba lần rồi, lần nào cũng bảo đang kiểm tra.',
      ],
    },
  ],
  common: [
    'Đồng ý',
    'Hay quá!',
    'Cảm ơn tác giả',
    'Chuẩn luôn',
    'Ủng hộ',
    'Bài viết rất hay',
    'Buồn quá',
    'Chia buồn cùng gia đình',
  ],
  alike: [
    [
      'Cảm ơn nhà báo đã viết về chuyện xe buýt, rất hữu ích.',
      'Cảm ơn nhà báo đã viết về chuyện trường học, rất hữu ích.',
    ],
    [
      'Chúc mừng các cô gái, các em là niềm tự hào của cả thành phố!',
      'Chúc mừng các chàng trai, các em là niềm tự hào của cả nước!',
    ],
    [
      'Tôi sống ở đây hai mươi năm chưa thấy mưa to như vậy.',
      'Tôi sống ở đây ba mươi năm chưa thấy nóng như vậy.',
    ],
    [
      'Xin chia buồn cùng gia đình thầy Nam, thầy là người thầy tốt.',
      'Xin chia buồn cùng gia đình bác Hải, bác là hàng xóm tốt.',
    ],
  ],
  hard: [
    ['Phản đối xây khách sạn, trả lại công viên!', 'Phản đối xây khách sạn, giữ lấy công viên!'],
    ['Vay tiền nhanh, lãi thấp, gọi chị Hương', 'Vay tiền nhanh, lãi thấp, gọi chị Lan'],
  ],
}

import { vietnameseTraits } from '../../src/screening/vietnamese.ts'

test('traits are shares of all words', () => {
  expect(vietnameseTraits('Tôi đọc bài này, thank you')).toEqual({
    marked: 1 / 6,
    frequent: 0,
    syllables: 4 / 6,
  })
  expect(vietnameseTraits('toi KHONG hieu gi het')).toMatchObject({ marked: 0, frequent: 4 / 5 })
})

const syllables =
  'nghiêng khuya nguyễn đường quyết rượu ngoài xoáy khoẻ Đặng giữa thuở yêu oẹo ăn ở uống ướt quấy thích chênh xếp mật hoặc ý'
test.each(syllables.split(' '))('%s is a syllable', (word) => {
  expect(vietnameseTraits(word).syllables).toBe(1)
})

test.each('video like school bus strength Messi wifi jeep ngs bcde'.split(' '))('%s is none', (word) => {
  expect(vietnameseTraits(word).syllables).toBe(0)
})

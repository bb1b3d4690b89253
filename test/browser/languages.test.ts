import { accessibilityFaults, openStage, type Stage, type Visitor } from '../support/browser.ts'
import { aComment, aPerson, aSite, decision } from '../support/people.ts'

describe('pages in another language, on a narrow phone', () => {
  let stage: Stage
  let site: string
  let receipt: string
  let reader: Visitor

  beforeAll(async () => {
    stage = await openStage()
    site = await aSite(stage.house)
    const moderator = await aPerson(stage.house, site)
    for (const text of [
      'When does the last boat leave?',
      'يېڭى كېمە بېكىتى تېزراق پۈتسۇن!',
      'နောက်ဆုံးလှေဘယ်အချိန်ထွက်သလဲတစ်နာရီလောက်စောင့်နေပြီ။',
      'གྲུ་མཐའ་མ་དེ་ནམ་འགྲོ་གི་ཡོད་དམ། ང་ཆུ་ཚོད་གཅིག་སྒུགས་པ་ཡིན།',
    ]) {
      const { id } = await aComment(stage.house, site, { text, name: 'Robin' })
      const asked = {
        action: 'edit',
        text: `${text} […]`,
        rules: ['private_details', 'respect'],
        reason: 'So.',
      }
      await decision(stage.house, moderator.key, id, asked)
    }
    const returned = await aComment(stage.house, site, { text: 'They are all thieves.' })
    receipt = returned.receipt
    await decision(stage.house, moderator.key, returned.id, {
      action: 'return',
      rules: ['respect'],
      reason: 'No insults.',
    })
  })
  afterAll(() => stage.close())
  beforeEach(async () => {
    reader = await stage.visitor({ viewport: { width: 320, height: 640 } })
  })
  afterEach(() => reader.context.close())

  const press = (selector: string) =>
    Promise.all([reader.page.waitForNavigation(), reader.page.click(selector)])
  const isWhole = async () => {
    expect(await accessibilityFaults(reader.page)).toEqual([])
    const { scrollWidth } = await reader.page.evaluate(() => ({
      scrollWidth: document.documentElement.scrollWidth,
    }))
    expect(scrollWidth).toBeLessThanOrEqual(320)
    expect(reader.complaints).toEqual([])
  }

  test.each(['my', 'bo', 'ug', 'km', 'lo', 'ko', 'vi', 'yue', 'zh-Hans', 'zh-Hant'])(
    'have no sideways scrolling and no accessibility fault in %s',
    async (language) => {
      await reader.page.goto(`${stage.baseUrl}/${site}/articles/news?lang=${language}`)
      await isWhole()
      await press('#form button')
      expect(await reader.page.locator('.error-summary').count()).toBe(1)
      expect(await reader.page.getAttribute('html', 'lang')).toBe(language)
      await isWhole()
      await reader.page.goto(`${stage.baseUrl}/${site}/my-comment?lang=${language}`)
      await isWhole()
      await reader.page.fill('#receipt', receipt)
      await press('button')
      await isWhole()
      await reader.page.goto(`${stage.baseUrl}/${site}/terms?lang=${language}`)
      await isWhole()
    },
  )

  test('run from right to left in Uyghur, with each comment in its own direction', async () => {
    await reader.page.goto(`${stage.baseUrl}/${site}/articles/news`)
    await press('footer a[lang=ug]')
    const directions = await reader.page.evaluate(() =>
      ['body', '#form label', '#form button', 'ol.comments [lang=en] > p', 'ol.comments [lang=ug] > p'].map(
        (place) => {
          const found = document.querySelector(place)
          return found && getComputedStyle(found).direction
        },
      ),
    )
    expect(directions).toEqual(['rtl', 'rtl', 'rtl', 'ltr', 'rtl'])
    const label = await reader.page.locator('#form label').first().boundingBox()
    const button = await reader.page.locator('#form button').boundingBox()
    expect((button?.x ?? 0) + (button?.width ?? 0)).toBeCloseTo((label?.x ?? 0) + (label?.width ?? 0), 0)
  })

  test('give tall scripts the room that they need, in a page of another language too', async () => {
    await reader.page.goto(`${stage.baseUrl}/${site}/articles/news`)
    const heights = await reader.page.evaluate(() =>
      ['en', 'my', 'bo'].map((language) => {
        const found = document.querySelector(`ol.comments [lang=${language}] > p`)
        const { lineHeight = '0', fontSize = '1' } = found ? getComputedStyle(found) : {}
        return Math.round((10 * Number.parseFloat(lineHeight)) / Number.parseFloat(fontSize)) / 10
      }),
    )
    expect(heights).toEqual([1.6, 1.9, 1.9])
  })

  test('stay in the language that a reader chose, and keep nothing for it', async () => {
    await reader.page.goto(`${stage.baseUrl}/${site}/articles/news?lang=vi`)
    await reader.page.fill('#text', 'Chuyến cuối mấy giờ?')
    await press('#form button')
    expect(await reader.page.textContent('h1')).toBe('Đã nhận bình luận của bạn')
    await press('main a')
    expect(await reader.page.getAttribute('html', 'lang')).toBe('vi')
    expect(await reader.context.cookies()).toEqual([])
  })
})

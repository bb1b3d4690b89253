/**
 * What a script needs: a font that has all of it, of those that systems bring; lines far enough apart for signs that stack;
 * breaks where its readers expect them. Browsers know the words of Burmese, Khmer and Lao, and Tibetan breaks behind its
 * tsheg; where a browser does not, a line breaks anywhere rather than leave the page (overflow-wrap).
 */
const scripts = `
:where(html, [lang|=en], [lang|=vi]) { font-family: system-ui, sans-serif; line-height: 1.6; }
:where([lang|=my]) { font-family: Pyidaungsu, "Myanmar Text", "Noto Sans Myanmar", "Myanmar Sangam MN", system-ui, sans-serif; line-height: 1.9; }
:where([lang|=bo]) { font-family: Kailasa, "Microsoft Himalaya", "Noto Serif Tibetan", Jomolhari, system-ui, serif; line-height: 1.9; }
:where([lang|=km]) { font-family: "Khmer OS Siemreap", "Khmer Sangam MN", "Leelawadee UI", "Noto Sans Khmer", system-ui, sans-serif; line-height: 1.9; }
:where([lang|=lo]) { font-family: "Lao Sangam MN", "Leelawadee UI", "Noto Sans Lao", "Phetsarath OT", system-ui, sans-serif; line-height: 1.8; }
:where([lang|=ug]) { font-family: "UKIJ Tuz", "Segoe UI", "Geeza Pro", "Noto Sans Arabic", "Noto Naskh Arabic", system-ui, sans-serif; line-height: 1.8; }
:where([lang|=zh]) { font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif; }
:where([lang|=zh-Hant], [lang|=zh-TW]) { font-family: "PingFang TC", "Microsoft JhengHei", "Noto Sans CJK TC", "Noto Sans TC", system-ui, sans-serif; }
:where([lang|=yue], [lang|=zh-HK]) { font-family: "PingFang HK", "Microsoft JhengHei", "Noto Sans CJK HK", "Noto Sans HK", system-ui, sans-serif; }
:where([lang|=ko]) { font-family: "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans CJK KR", "Noto Sans KR", system-ui, sans-serif; word-break: keep-all; }
:where([lang|=zh], [lang|=yue], [lang|=ko]) { line-break: strict; line-height: 1.7; }
:where([lang]:not([lang|=ko])) { word-break: normal; }
:where(:root[lang|=bo]) { font-size: 1.1em; } :where(:root:not([lang|=bo])) :where([lang|=bo]) { font-size: 1.1em; }
`

/** The one style sheet: the host's fonts, both colour schemes, both directions, from a phone's width up. */
export const styleSheet = `
:root { color-scheme: light dark; --line: light-dark(#d5d8dc, #3a4048); --quiet: light-dark(#5a6270, #a3abb8);
  --accent: light-dark(#0b57a4, #8ab8f0); --on-accent: light-dark(#fff, #10151c); --panel: light-dark(#f5f6f8, #1d2229);
  --warn: light-dark(#8a4b00, #f0b96a); --bad: light-dark(#a31515, #ff9d92); }
* { box-sizing: border-box; }
${scripts}body { margin: 0; font-size: 1.0625rem; background: light-dark(#fff, #14181d); color: light-dark(#1a1f26, #e8ebef); }
main { max-inline-size: 42rem; margin-inline: auto; padding: 1rem; }
main.desk { max-inline-size: 52rem; }
header.site { border-block-end: 1px solid var(--line); padding: .75rem 1rem; font-weight: 600; }
header.desk { display: flex; gap: 1rem; align-items: center; flex-wrap: wrap; }
header.desk > span { flex: 1; font-weight: 400; }
h1 { line-height: 1.25; font-size: 1.75rem; } h2 { font-size: 1.25rem; line-height: 1.3; }
h1, h2 { text-wrap: balance; } p { text-wrap: pretty; }
:is(h1, h2):is(:lang(my), :lang(bo), :lang(km), :lang(lo), :lang(ug)) { line-height: 1.6; }
h1, h2, p, bdi { white-space: pre-wrap; } header, main { overflow-wrap: anywhere; }
a { color: var(--accent); } h1 a { color: inherit; text-decoration-line: none; } h1 a:is(:hover, :focus-visible) { text-decoration-line: underline; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
ol.comments, ol.queue { list-style: none; padding: 0; }
ol.comments > li, ol.queue > li { border-block-start: 1px solid var(--line); padding-block: .75rem; }
ol.comments > li.reply { margin-inline-start: 1.5rem; padding-inline-start: .75rem; border-inline-start: 3px solid var(--line); }
li p { margin-block: .4rem; } li:target { background: var(--panel); }
.by { font-weight: 600; } .by time, .quiet, .hint { color: var(--quiet); font-weight: 400; font-size: .9rem; }
.words { font-size: 1.15rem; unicode-bidi: plaintext; }
ins { text-decoration: underline; background: light-dark(#d9f2dd, #1e4028); } del { text-decoration: line-through; background: light-dark(#fbdcd9, #4d2320); }
mark.found { color: inherit; background: light-dark(#fff0b0, #4a3f12); text-decoration: underline 2px light-dark(#8a6d00, #e0c45c); text-underline-offset: .25em; }
mark.found.info { background: light-dark(#dcebff, #1c3a5e); text-decoration: underline dotted 2px light-dark(#0b57a4, #8ab8f0); }
mark.found.warning { background: light-dark(#ffdcd6, #5a2620); text-decoration: underline double 2px light-dark(#a31515, #ff9d92); }
.key { font-size: .7rem; font-weight: 700; line-height: 0; padding-inline: .15rem; user-select: none; }
mark.unseen { display: inline-block; line-height: 1.2; border: 1px dashed var(--warn); font-size: .75rem; background: light-dark(#ffe9c7, #4a3a1c); color: inherit; border-radius: .2rem; padding-inline: .25rem; }
.signal { border-inline-start: 3px solid var(--warn); padding-inline-start: .6rem; font-size: .95rem; }
.comment-form { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin-block: 1.5rem; }
.comment-form h2 { margin-block-start: 0; }
label { display: block; font-weight: 600; margin-block-start: .75rem; } .hint { margin-block: 0 .25rem; } #notice { white-space: normal; }
textarea, input:not([type=hidden]), select { inline-size: 100%; font: inherit; padding: .5rem; border: 1px solid var(--quiet);
  border-radius: .3rem; background: light-dark(#fff, #10151c); color: inherit; }
[aria-invalid=true] { border: 2px solid var(--bad); }
button { font: inherit; min-block-size: 2.75rem; padding: .4rem .9rem; margin-block-start: .75rem; border-radius: .3rem;
  border: 1px solid var(--accent); background: transparent; color: var(--accent); cursor: pointer; }
button[type=submit], button.approve { background: var(--accent); color: var(--on-accent); }
header form { margin: 0; } header.desk button[type=submit] { margin: 0; background: transparent; color: var(--accent); }
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; } .buttons button { margin: 0; }
.change h2 { font-size: 1rem; margin-block: .75rem 0; } ol.past { padding-inline-start: 1.5rem; }
details { margin-block-start: .5rem; } summary { min-block-size: 2rem; cursor: pointer; }
.receipt { font-size: clamp(.85rem, 4.4vw, 1.6rem); line-height: 1.5; background: var(--panel); border: 2px dashed var(--line); padding: 1rem .25rem; text-align: center; user-select: all; }
.own section { margin-block: 1.5rem; } .own section > :is(h2, p) { margin-block: .35rem; } .own h2 { font-size: 1.1rem; }
.status { font-size: 1.25rem; line-height: 1.45; } .status:is(:lang(my), :lang(bo), :lang(km), :lang(lo), :lang(ug)) { line-height: 1.8; }
.rule { color: var(--quiet); font-size: .95rem; } .address { font-weight: 600; }
.ways { border-block-start: 1px solid var(--line); margin-block-start: 2rem; padding-block-start: 1rem; }
button.final[type=submit] { background: var(--bad); border-color: var(--bad); }
.error-summary { border: 3px solid var(--bad); padding: .25rem 1rem; margin-block: 1rem; }
.error-summary a { color: var(--bad); }
.done { display: flex; gap: 1rem; align-items: center; background: var(--panel); border: 1px solid var(--line); padding: .5rem 1rem; }
.done span { flex: 1; } .done button { margin: 0; }
footer { max-inline-size: 42rem; margin-inline: auto; padding: 0 1rem 2rem; }
.languages { display: flex; flex-wrap: wrap; column-gap: 1rem; list-style: none; margin: 0; padding-block: .75rem 0; padding-inline: 0;
  border-block-start: 1px solid var(--line); font-size: .95rem; }
.languages a { display: inline-block; min-block-size: 1.75rem; padding-block: .2rem; }
.languages [aria-current] { color: inherit; font-weight: 600; text-decoration: none; }
.leave { position: absolute; inline-size: 1px; block-size: 1px; margin: 0; padding: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media print { @page { margin: 2cm; } :root { color-scheme: light; } body { font-size: 11pt; } main { max-inline-size: none; padding: 0; }
  form, footer, .ways, .error-summary, header.desk { display: none; } header.site { padding-inline: 0; } a { color: inherit; }
  .receipt { border: 2px solid; background: none; } section, .receipt { break-inside: avoid; } h1, h2 { break-after: avoid; } }
`

/** The sign of the house: a bag with a letter in it. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#0b57a4" d="M5 11h22l2 18H3z"/><path fill="#fff" stroke="#0b57a4" stroke-width="1.5" d="M8 4h16v12H8z"/><path fill="none" stroke="#0b57a4" stroke-width="1.5" d="m8 4 8 7 8-7"/><path fill="#0b57a4" d="M5 13h22v4H5z"/></svg>`

/**
 * Takes the code of a sign-in link from behind the #, where no server, log or referrer ever sees it, and sends it. A place
 * of the desk that stands there instead is kept until one is signed in.
 */
export const signInScript = `
const code = location.hash.slice(1)
if (code.startsWith('/')) {
  sessionStorage.setItem('postbag.desk.place', location.hash)
} else if (code) {
  history.replaceState(null, '', location.pathname)
  document.getElementById('link').value = code
  document.getElementById('by-link').submit()
}
`

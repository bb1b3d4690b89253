/**
 * How the embed looks: the page's own font and ink, quiet lines, one column. Everything that a page could hand down is set
 * back first. Sizes are in `em`, so that they grow with the page's text; colours are the page's, or its scheme's.
 */
const css = `
:host{display:block;min-block-size:var(--postbag-reserve,32rem)}
:host([hidden]){display:none}
.box{all:initial;display:block;color:inherit;color-scheme:inherit;font-family:inherit;font-size:max(1em,.8125rem);line-height:1.6;
max-inline-size:var(--postbag-width,44rem);overflow-wrap:anywhere;overflow-anchor:none;
--ink:var(--postbag-accent,light-dark(#1d2329,#e8ebef));--on-ink:var(--postbag-on-accent,light-dark(#fff,#14181d));
--quiet:var(--postbag-quiet,color-mix(in srgb,currentColor 74%,transparent));
--line:var(--postbag-line,color-mix(in srgb,currentColor 20%,transparent));
--field:var(--postbag-field,color-mix(in srgb,currentColor 60%,transparent));
--panel:var(--postbag-panel,color-mix(in srgb,currentColor 5%,transparent));
--bad:var(--postbag-bad,light-dark(#a31515,#ff9d92));--radius:var(--postbag-radius,.2em)}
.box:is(:lang(my),:lang(bo),:lang(km)),:is(:lang(my),:lang(bo),:lang(km)){line-height:1.9}
.box:is(:lang(lo),:lang(ug)),:is(:lang(lo),:lang(ug)){line-height:1.8}
:lang(ko){word-break:keep-all}
:is(:lang(zh),:lang(yue),:lang(ko)){line-break:strict}
*{box-sizing:border-box}
[hidden]{display:none!important}
h2,h3,h4,p,ol{margin:0;padding:0}
h2{font-size:1.5em;line-height:1.3;border-block-start:2px solid;padding-block-start:.5em}
h3{font-size:1.125em;line-height:1.4}h4{font-size:1em}
h2:is(:lang(my),:lang(bo),:lang(km),:lang(lo),:lang(ug)),h3:is(:lang(my),:lang(bo),:lang(km),:lang(lo),:lang(ug)){line-height:1.7}
a{color:inherit;text-underline-offset:.15em;text-decoration-thickness:1px}
:focus-visible{outline:2px solid;outline-offset:2px}
.tools{display:flex;flex-wrap:wrap;align-items:baseline;gap:.5em 1em;margin-block:.75em 1em}
.ask{min-block-size:2.25em;margin-block:0}
.order{margin-inline-start:auto}.order label{display:inline;font-weight:400;margin:0}
.list,.replies{list-style:none}
.comment{border-block-start:1px solid var(--line);padding-block:1em .5em;scroll-margin-block:4em}
.comment:focus{outline-offset:-2px}
.list>.comment:first-child{border-block-start:0;padding-block-start:.25em}
.replies{margin-block-start:.5em;margin-inline-start:.125em;padding-inline-start:1.125em;border-inline-start:2px solid var(--line)}
.reply{border:0;padding-block:.5em .25em}
.new>.body{border-inline-start:3px solid;padding-inline-start:.75em}
.by{font-weight:600;line-height:1.5;overflow:clip;overflow-clip-margin:4px}.name{unicode-bidi:isolate}
.by strong{font-weight:600;font-size:.8125em;border:1px solid;border-radius:var(--radius);padding-inline:.35em}
.quiet,.hint{color:var(--quiet);font-weight:400;font-size:.9em}
.words{margin-block:.25em;white-space:pre-wrap;overflow:clip;unicode-bidi:isolate;padding-block:.1em}
.words p{unicode-bidi:plaintext;text-align:start}.words p+p{margin-block-start:.75em}
.actions{display:flex;gap:1.25em}
button{font:inherit;color:inherit;background:none;border:1px solid var(--field);border-radius:var(--radius);cursor:pointer;min-block-size:2.25em;padding:.25em .85em}
button:hover{border-color:currentColor}
button.action{border:0;padding:0;font-size:.9em;text-decoration:underline 1px;text-underline-offset:.2em;min-block-size:2em}
button.send{background:var(--ink);border-color:var(--ink);color:var(--on-ink);font-weight:600;min-block-size:2.75em;padding-inline:1.25em}
[aria-busy=true],[aria-disabled=true]{cursor:progress}
.write{margin-block-start:1.5em;border-block-start:2px solid;padding-block-start:.75em}
.comment .write{margin-block:.5em 1em;border:1px solid var(--line);border-radius:var(--radius);padding:1em}
.notice{font-size:.9em;margin-block:.5em 0;padding:.75em 1em;background:var(--panel)}.notice bdi{white-space:pre-wrap}
label{display:block;font-weight:600;margin-block-start:1em}
textarea,input:not([type=checkbox]),select{display:block;inline-size:100%;font:inherit;color:inherit;background:transparent;border:1px solid var(--field);border-radius:var(--radius);padding:.5em .6em;margin:.25em 0 0}
option{color:CanvasText;background:Canvas}
.order select{display:inline-block;inline-size:auto;padding:.2em .3em;margin:0;max-inline-size:100%}
input.short{inline-size:6em!important;text-transform:uppercase}
textarea{resize:vertical;min-block-size:6em;field-sizing:content;max-block-size:24em}
[aria-invalid=true]{border:2px solid var(--bad)!important}
.tick{display:flex;gap:.6em;margin-block-start:1em;align-items:baseline}.tick label{font-weight:400;margin:0}
input[type=checkbox]{inline-size:1.25em;block-size:1.25em;flex:none;margin:0;accent-color:var(--ink);transform:translateY(.2em)}
.foot{display:flex;flex-wrap:wrap;gap:.75em;align-items:center;margin-block-start:1.25em}
.fault{font-weight:600;border-inline-start:4px solid var(--bad);padding-inline-start:.6em}.bad{font-weight:600}
.problem{border:3px solid var(--bad);padding:.75em 1em;margin-block-end:1em}.title{font-weight:700;font-size:1.125em}
.receipt{border:2px solid;padding:1em 1.25em;margin-block:1em}.receipt>*+*{margin-block-start:.75em}
.waiting{border-inline-start:3px solid var(--line);padding-inline-start:.75em}
.code{font:1.5em/1.5 ui-monospace,monospace;text-align:center;padding:.75em .25em;border:2px dashed var(--field);background:var(--panel)}
.code code{user-select:all;font:inherit}
.heard{position:absolute;inline-size:1px;block-size:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media print{.tools,.actions,.write,.ask{display:none}}
`

let made: CSSStyleSheet | undefined

/** The style sheet, one for all elements of a page. Made by script, so that no policy of a page has to allow styles. */
export function sheet(): CSSStyleSheet {
  if (!made) {
    made = new CSSStyleSheet()
    made.replaceSync(css)
  }
  return made
}

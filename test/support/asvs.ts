/**
 * How Postbag stands to every requirement of levels 1 and 2 of the OWASP Application Security Verification Standard 5.0.0, in
 * our own few words: docs/asvs.md is made of this.
 */
export interface Requirement {
  id: string
  level: 1 | 2
  about: string
  stands: Met | Documented | NotApplicable | Open
}
interface Met {
  is: 'met'
  /** a test that would fail without it: its file below test/, and how its title begins */
  file: string
  title: string
  note?: string
}
interface Documented {
  is: 'documented'
  /** a page, and a heading of it */
  page: string
  heading: string
}
interface NotApplicable {
  is: 'not applicable'
  why: string
}
interface Open {
  is: 'open'
  why: string
}

function met(file: string, title: string, note?: string): Met {
  return { is: 'met', file: `test/${file}.test.ts`, title, ...(note !== undefined && { note }) }
}
function written(page: string, heading: string): Documented {
  return { is: 'documented', page, heading }
}
function none(why: string): NotApplicable {
  return { is: 'not applicable', why }
}
function open(why: string): Open {
  return { is: 'open', why }
}

const noFiles = none('Nobody uploads files; CSV is read as a body of bounded size.')
const noSockets = none('There are no WebSockets.')
const noGraphs = none('There is no GraphQL.')
const noServer = none('Postbag is no authorization server and no OpenID provider.')
const noResource = none('Postbag takes no access tokens of OAuth.')
const noTokens = none('There are no self-contained tokens; what an issuer sends is checked by openid-client.')
const noCalls = none('There is no WebRTC.')
const noOutOfBand = none('Nothing is sent by phone, message or push.')
const managed = none('JavaScript manages its memory; there is no native code of ours.')
const atTheProxy = open('TLS ends at the proxy of the operator, whose settings these are.')

const never = 'http/never-500'
const problems = 'http/problems'
const invalid = 'http/problems.invalid'
const surfaces = 'http/surfaces'
const matrix = 'access/matrix'
const sessions = 'access/sessions'
const lists = 'access/sessions.list'
const second = 'access/second-factor'
const oidc = 'access/oidc'
const operating = 'docs/operating.md'
const signing = written(operating, '## Signing in')
const house = written('src/README.md', '## Why')

const rows: [string, 1 | 2, string, Requirement['stands']][] = [
  ['1.1.1', 2, 'decode once, before anything else', met('comments/rules/p01-fidelity', '')],
  [
    '1.1.2',
    2,
    'escape last, for where it goes',
    met('comments/renderers', 'no text ends it, and each is read as it is'),
  ],
  ['1.2.1', 1, 'escape for HTML, XML and headers', met('browser/hostile', 'are words under an article')],
  [
    '1.2.2',
    1,
    'encode what goes into addresses; safe schemes alone',
    met('browser/hostile', 'are words each alone'),
  ],
  ['1.2.3', 1, 'escape what goes into scripts and JSON', met('pages/structured-data', '')],
  ['1.2.4', 1, 'no SQL made of values', met(never, 'hostile words in every path and query')],
  ['1.2.5', 1, 'no commands made of values', none('No command is run for a request.')],
  ['1.2.6', 2, 'no LDAP injection', none('There is no LDAP.')],
  ['1.2.7', 2, 'no XPath injection', none('There is no XPath.')],
  ['1.2.8', 2, 'LaTeX set up safely', none('There is no LaTeX.')],
  ['1.2.9', 2, 'escape for regular expressions', none('No expression is made of what somebody sent.')],
  [
    '1.3.1',
    1,
    'clean HTML that people write',
    met(
      'comments/html',
      'whatever is typed: the lock changes nothing',
      'Nobody writes HTML; texts are plain.',
    ),
  ],
  ['1.3.2', 1, 'no eval', met(surfaces, 'by pages: nothing runs or loads but what is ours')],
  ['1.3.3', 2, 'clean what goes to a dangerous place', met('comments/html', 'all of them in one text')],
  ['1.3.4', 2, 'clean SVG', none('Nobody sends SVG.')],
  [
    '1.3.5',
    2,
    'no Markdown, CSS or templates of users',
    met('pages/site-texts', '', 'A publisher’s own texts are ICU messages, checked when they are written.'),
  ],
  [
    '1.3.6',
    2,
    'no requests forged on the server',
    none('Where the service calls is set by its operator alone.'),
  ],
  ['1.3.7', 2, 'no templates made of input', met('browser/hostile', 'are words in the terms of use')],
  ['1.3.8', 2, 'no JNDI injection', none('There is no JNDI.')],
  ['1.3.9', 2, 'no memcache injection', none('There is no memcache.')],
  ['1.3.10', 2, 'no format strings of input', none('JavaScript has none.')],
  ['1.3.11', 2, 'no mail injection', none('The service sends no mail.')],
  ['1.4.1', 2, 'memory-safe strings', managed],
  ['1.4.2', 2, 'no integers that overflow', met(never, 'hostile values at every member of every body')],
  ['1.4.3', 2, 'memory is released', managed],
  ['1.5.1', 1, 'XML read without entities', none('The service reads no XML.')],
  [
    '1.5.2',
    2,
    'objects read safely',
    met('http/one-way', 'what is above every object of JavaScript is no member of a body'),
  ],
  [
    '2.1.1',
    1,
    'rules of validation are written down',
    met('openapi', '', 'The OpenAPI document is made of the schemas that validate.'),
  ],
  ['2.1.2', 2, 'rules for values that belong together are written down', met('openapi', '')],
  ['2.1.3', 2, 'limits are written down', written(operating, '## When many write at once')],
  ['2.2.1', 1, 'input is validated', met(never, 'hostile values at every member of every body')],
  [
    '2.2.2',
    1,
    'validated by the server',
    met(invalid, 'every fault is named, within arrays and objects too'),
  ],
  ['2.2.3', 2, 'values that belong together are validated together', met('moderation/decisions', '')],
  [
    '2.3.1',
    1,
    'steps in their order',
    met('database/promises-rules', '', 'PostgreSQL holds the table of legal moves.'),
  ],
  [
    '2.3.2',
    2,
    'limits of the business hold',
    met('comments/submit', 'as too long, too large, or signed too long'),
  ],
  [
    '2.3.3',
    2,
    'all of it or nothing',
    met('http/unavailable', 'a connection that breaks between two steps of a transaction'),
  ],
  ['2.3.4', 2, 'nothing is given twice', met('moderation/races', 'of two moderators one decides')],
  ['2.4.1', 2, 'limits against automation', met('http/limits', '%s has a budget of its own')],
  [
    '2.4.2',
    2,
    'as fast as people can be',
    open('Readers are limited per address and minute; no least time is asked of a form.'),
  ],
  [
    '3.2.1',
    1,
    'answers are not taken for something else',
    met(surfaces, 'by every operation: what takes a key'),
  ],
  ['3.2.2', 1, 'text is shown as text', met('browser/hostile', 'are words at the desk')],
  ['3.3.1', 1, 'cookies are Secure', met(sessions, 'begin with a link, in a cookie that no script')],
  ['3.3.2', 2, 'SameSite by purpose', met(sessions, 'begin with a link, in a cookie that no script')],
  ['3.3.3', 2, '__Host- cookies', met(sessions, 'begin with a link, in a cookie that no script')],
  [
    '3.3.4',
    2,
    'HttpOnly, and sent in Set-Cookie alone',
    met(sessions, 'begin with a link, in a cookie that no script'),
  ],
  ['3.4.1', 1, 'Strict-Transport-Security', open('Not sent; the proxy that ends TLS has to.')],
  ['3.4.2', 1, 'CORS for known origins', met('http/cors', 'send comments if they are the site’s own')],
  ['3.4.3', 2, 'Content-Security-Policy', met(surfaces, 'by pages: nothing runs or loads but what is ours')],
  ['3.4.4', 2, 'nosniff', met(surfaces, 'by every operation: what takes a key')],
  ['3.4.5', 2, 'no referrer for others', met(surfaces, 'by every operation: what takes a key')],
  ['3.4.6', 2, 'frame-ancestors on every answer', open('On every page; answers in JSON have no policy.')],
  ['3.5.1', 1, 'no forged requests', met(sessions, 'change nothing for a page of %s')],
  ['3.5.2', 1, 'no way around preflights', met(problems, '415: a body of the kind')],
  ['3.5.3', 1, 'nothing changes by GET', met('http/one-way', 'its method is its method')],
  ['3.5.4', 2, 'a host of its own', open('Readers’ pages and the desk share a host.')],
  ['3.5.5', 2, 'messages of known origins', none('No page listens to messages.')],
  ['3.7.1', 2, 'no plugins', met(surfaces, 'by pages: nothing runs or loads but what is ours')],
  ['3.7.2', 2, 'no open redirect', met(surfaces, 'nothing leads to another site')],
  [
    '4.1.1',
    1,
    'Content-Type with charset',
    met(problems, '401: without a key, with a wrong one', 'Of failures; of other answers the kind alone.'),
  ],
  ['4.1.2', 2, 'no redirects to HTTPS for programs', atTheProxy],
  [
    '4.1.3',
    2,
    'headers of proxies are not the user’s',
    met('http/limits', 'by the connection, whatever a header claims'),
  ],
  ['4.2.1', 2, 'no request smuggling', met('http/problems.connection', '%s')],
  ['4.3.1', 2, 'bounds for GraphQL', noGraphs],
  ['4.3.2', 2, 'no introspection', noGraphs],
  ['4.4.1', 1, 'WebSockets over TLS', noSockets],
  ['4.4.2', 2, 'their origin', noSockets],
  ['4.4.3', 2, 'their tokens', noSockets],
  ['4.4.4', 2, 'their sessions', noSockets],
  ['5.1.1', 2, 'files are described', noFiles],
  [
    '5.2.1',
    1,
    'their size',
    met(
      problems,
      '413: a body too large, by its length and by its bytes',
      'Of the one body that is a file, phrases as CSV.',
    ),
  ],
  ['5.2.2', 1, 'their kind', met('http/csv', '')],
  ['5.2.3', 2, 'compressed ones', noFiles],
  ['5.3.1', 1, 'never run', noFiles],
  ['5.3.2', 1, 'no paths of users', met(never, 'hostile words in every path and query')],
  ['5.4.1', 2, 'names of downloads', none('Names of downloads are ours.')],
  ['5.4.2', 2, 'encoded', none('Names of downloads are ours.')],
  ['5.4.3', 2, 'scanned', noFiles],
  ['6.1.1', 1, 'defences are written down', signing],
  ['6.1.2', 2, 'words not to be in passwords', open('There is no such list.')],
  ['6.1.3', 2, 'ways in are written down', signing],
  ['6.2.1', 1, '8 characters at least', met(sessions, 'set a password; a key cannot', 'At least 12.')],
  [
    '6.2.2',
    1,
    'passwords can be changed',
    met(sessions, 'end with a new password, all but the one that set it'),
  ],
  [
    '6.2.3',
    1,
    'changing takes the old one',
    open('It takes a sign-in of the last 15 minutes, by any way in, instead.'),
  ],
  ['6.2.4', 1, 'not one of the 3,000 commonest', open('Passwords are not compared with a list.')],
  ['6.2.5', 1, 'of any characters', met(sessions, 'end with a new password, all but the one that set it')],
  ['6.2.6', 1, 'fields hide them', open('It is so; no test looks for it.')],
  ['6.2.7', 1, 'can be pasted', open('It is so; no test looks for it.')],
  ['6.2.8', 1, 'checked as they are', met(sessions, 'begin with a password, however the login is written')],
  ['6.2.9', 2, '64 characters and more', met(sessions, 'set a password; a key cannot', 'Up to 200.')],
  ['6.2.10', 2, 'no forced changes', none('Nothing asks for them.')],
  ['6.2.11', 2, 'words not to be in them', open('There is no such list.')],
  [
    '6.2.12',
    2,
    'not breached',
    open(
      'Passwords are not compared with breached ones, which would be a request to others or a large file.',
    ),
  ],
  ['6.3.1', 1, 'no guessing', met('access/sign-in', 'to one account has ten tries')],
  ['6.3.2', 1, 'no default accounts', met('config', 'they must not be the ones that everybody can read')],
  [
    '6.3.3',
    2,
    'a second factor',
    met(
      'access/second-factor.required',
      'whoever has none can enrol',
      'With POSTBAG_SECOND_FACTOR=required; optional by default.',
    ),
  ],
  ['6.3.4', 2, 'no other ways in', met(matrix, 'every operation is in the matrix')],
  ['6.4.1', 1, 'first secrets are random and end', met(sessions, 'begin with a link for 15 minutes')],
  ['6.4.2', 1, 'no secret questions', none('There are none.')],
  [
    '6.4.3',
    2,
    'a forgotten password skips no second factor',
    met(second, 'is asked for with a link as well'),
  ],
  [
    '6.4.4',
    2,
    'a lost factor is replaced with care',
    met(second, 'is removed by an admin for whoever lost it'),
  ],
  ['6.5.1', 2, 'codes work once', met(second, 'takes a code once of four who send it at the same moment')],
  [
    '6.5.2',
    2,
    'recovery codes are hashed',
    open('80 random bits, kept as a MAC under a key outside of the database instead of a slow hash.'),
  ],
  ['6.5.3', 2, 'secrets are random', met('access/codes', '')],
  ['6.5.4', 2, 'with 20 bits', met('access/codes', '')],
  [
    '6.5.5',
    2,
    'codes of 30 seconds',
    open('A code is taken a step before and after as well (RFC 6238 §5.2), once.'),
  ],
  ['6.6.1', 2, 'no codes by phone', noOutOfBand],
  ['6.6.2', 2, 'bound to their request', noOutOfBand],
  ['6.6.3', 2, 'limited', noOutOfBand],
  ['6.8.1', 2, 'accounts by issuer and subject', met(oidc, 'knows the account afterwards')],
  ['6.8.2', 2, 'signatures are checked', open('openid-client checks them; no test of ours forges one.')],
  ['6.8.3', 2, 'SAML once', none('There is no SAML.')],
  [
    '6.8.4',
    2,
    'strength that the issuer tells',
    met(oidc, 'asks for the second factor of whoever has one', 'The issuer is taken for one factor.'),
  ],
  ['7.1.1', 2, 'times of sessions are written down', signing],
  ['7.1.2', 2, 'how many at once', signing],
  ['7.1.3', 2, 'sessions of an organisation', written(operating, '### With your organisation')],
  ['7.2.1', 1, 'checked by the server', met(matrix, 'on their own site')],
  ['7.2.2', 1, 'made for each session', met(sessions, 'begin with a link only once')],
  ['7.2.3', 1, 'random', met(sessions, 'begin with a link, in a cookie that no script', '256 bits.')],
  ['7.2.4', 1, 'another with each sign-in', met(lists, 'of a browser end when it signs in anew')],
  ['7.3.1', 2, 'end without use', met(sessions, 'end after an hour without use')],
  ['7.3.2', 2, 'end in any case', met(sessions, 'end after twelve hours, however busy')],
  ['7.4.1', 1, 'are over when they end', met(sessions, 'end by signing out, and the cookie goes')],
  ['7.4.2', 1, 'end with the account', met(sessions, 'end at once when their person leaves')],
  [
    '7.4.3',
    2,
    'others end with a new factor',
    met(second, 'gives the session another secret, and ends the others'),
  ],
  ['7.4.4', 2, 'signing out is easy', open('There is a button on the desk; no test looks for it.')],
  ['7.4.5', 2, 'admins end them', met(lists, 'of others are seen and ended by admins alone')],
  ['7.5.1', 2, 'sign in again for ways in', met(lists, 'set a password within 15 minutes of signing in')],
  ['7.5.2', 2, 'see and end one’s own', met(lists, 'are ended one by one by their person')],
  ['7.6.1', 2, 'as documented with the issuer', written(operating, '### With your organisation')],
  ['7.6.2', 2, 'none without an action', met(oidc, 'leads there with code, PKCE, state and nonce')],
  ['8.1.1', 1, 'who may what is written down', met(matrix, '%s takes at least a role of')],
  ['8.1.2', 2, 'down to fields', written('docs/moderation.md', '#')],
  ['8.2.1', 1, 'who may do what', met(matrix, 'on their own site')],
  ['8.2.2', 1, 'to what', met(matrix, 'on a site where they have no part')],
  ['8.2.3', 2, 'and which fields', met('access/people', 'are known to each other only as admins')],
  ['8.3.1', 1, 'held by the server', met(matrix, 'on their own site')],
  ['8.4.1', 2, 'sites are apart', met(matrix, 'on a site where they have no part')],
  ['9.1.1', 1, 'tokens are verified', noTokens],
  ['9.1.2', 1, 'by known algorithms', noTokens],
  ['9.1.3', 1, 'with known keys', noTokens],
  ['9.2.1', 1, 'in their time', noTokens],
  ['9.2.2', 2, 'for their purpose', noTokens],
  ['9.2.3', 2, 'for us', noTokens],
  ['9.2.4', 2, 'for one audience', noTokens],
  ['10.1.1', 2, 'tokens stay in the back', met(oidc, 'opens a session for whoever has its verified address')],
  [
    '10.1.2',
    2,
    'answers to our own questions',
    met(oidc, 'is refused to whoever did not begin it in this browser'),
  ],
  ['10.2.1', 2, 'PKCE or state', met(oidc, 'leads there with code, PKCE, state and nonce')],
  ['10.2.2', 2, 'no mixed-up issuers', none('There is one issuer.')],
  ['10.3.1', 2, 'audience of access tokens', noResource],
  ['10.3.2', 2, 'their claims', noResource],
  ['10.3.3', 2, 'their subject', noResource],
  ['10.3.4', 2, 'their strength', noResource],
  ...['10.4.1', '10.4.2', '10.4.3', '10.4.4', '10.4.5'].map((id): [string, 1, string, NotApplicable] => [
    id,
    1,
    'of authorization servers',
    noServer,
  ]),
  ...['10.4.6', '10.4.7', '10.4.8', '10.4.9', '10.4.10', '10.4.11'].map(
    (id): [string, 2, string, NotApplicable] => [id, 2, 'of authorization servers', noServer],
  ),
  ['10.5.1', 2, 'a nonce', met(oidc, 'leads there with code, PKCE, state and nonce')],
  ['10.5.2', 2, 'people by subject', met(oidc, 'knows the account afterwards')],
  ['10.5.3', 2, 'the issuer that is set', open('openid-client checks it; no test of ours tries.')],
  ['10.5.4', 2, 'audience', open('openid-client checks it; no test of ours tries.')],
  ['10.5.5', 2, 'back-channel logout', none('There is none.')],
  ['10.6.1', 2, 'of OpenID providers', noServer],
  ['10.6.2', 2, 'of OpenID providers', noServer],
  ['10.7.1', 2, 'of consent', noServer],
  ['10.7.2', 2, 'of consent', noServer],
  ['10.7.3', 2, 'of consent', noServer],
  [
    '11.1.1',
    2,
    'keys have a policy',
    open('What each secret is for is documented; a plan for replacing them is not.'),
  ],
  [
    '11.1.2',
    2,
    'an inventory of cryptography',
    open('src/http/keyring.ts and docs/threats.md name the keys; there is no list by algorithm.'),
  ],
  ['11.2.1', 2, 'known implementations', met('http/keyring', 'sha256 is SHA-256')],
  [
    '11.2.2',
    2,
    'can be replaced',
    open('With another POSTBAG_SECRET second factors are set up anew; there are no two keys at a time.'),
  ],
  [
    '11.2.3',
    2,
    '128 bits',
    met('http/keyring', 'has a key for each purpose', 'But 80 bits of a recovery code: see 6.5.2.'),
  ],
  ['11.3.1', 1, 'no weak modes', met('access/codes', '', 'AES-256-GCM.')],
  [
    '11.3.2',
    1,
    'approved ciphers',
    met('http/paging', 'opens only whole: a bit changed, cut or added is refused'),
  ],
  [
    '11.3.3',
    2,
    'what is encrypted is authenticated',
    met('http/paging', 'opens only whole: a bit changed, cut or added is refused'),
  ],
  [
    '11.4.1',
    1,
    'approved hashes',
    open('SHA-256 for what is secret; MD5 chooses samples from ids, where nothing is to be kept secret.'),
  ],
  [
    '11.4.2',
    2,
    'passwords hashed slowly',
    met(sessions, 'and all that begins them, are kept as hashes', 'argon2id, 19 MiB, two passes.'),
  ],
  ['11.4.3', 2, 'hashes of 256 bits', met('database/promises-chain', '')],
  ['11.4.4', 2, 'keys from passwords', none('No key is made of a password.')],
  [
    '11.5.1',
    2,
    '128 random bits',
    open('Secrets have 256, receipts 100 and recovery codes 80; ids are no secrets.'),
  ],
  ['11.6.1', 2, 'approved signatures', met('moderation/log/log', '', 'Ed25519.')],
  ['12.1.1', 1, 'TLS 1.2 and 1.3', atTheProxy],
  ['12.1.2', 2, 'ciphers', atTheProxy],
  ['12.1.3', 2, 'certificates of clients', none('No client has one.')],
  ['12.2.1', 1, 'TLS for all', atTheProxy],
  ['12.2.2', 1, 'trusted certificates', atTheProxy],
  [
    '12.3.1',
    2,
    'TLS inside',
    open('To the classifier and the issuer in production; to PostgreSQL and Valkey as their URLs say.'),
  ],
  ['12.3.2', 2, 'certificates are checked', open('Node checks them; no test of ours tries.')],
  ['12.3.3', 2, 'between own services', met('config', 'is asked over TLS in production')],
  [
    '12.3.4',
    2,
    'with trusted certificates',
    open('As Node trusts them; NODE_EXTRA_CA_CERTS names an own authority.'),
  ],
  ['13.1.1', 2, 'who is talked to is written down', written(operating, '## What it needs')],
  [
    '13.2.1',
    2,
    'services sign in',
    open('To PostgreSQL and Valkey with passwords that do not change by themselves.'),
  ],
  [
    '13.2.2',
    2,
    'with the least rights',
    met('database/promises-roles', 'changes and removes nothing that is kept for ever'),
  ],
  ['13.2.3', 2, 'no default credentials', met('config', 'they must not be the ones that everybody can read')],
  ['13.2.4', 2, 'a list of who is called', written('.env.example', '# POSTBAG_CLASSIFIER_URL=')],
  ['13.2.5', 2, 'of the server as well', written('.env.example', '# POSTBAG_CLASSIFIER_URL=')],
  ['13.3.1', 2, 'secrets in a vault', open('They come by the environment or .env; a vault can fill it.')],
  ['13.3.2', 2, 'for few', written('docs/threats.md', '## What this rests on')],
  ['13.4.1', 1, 'no .git', met(problems, '%s', 'No file is served but those that are named.')],
  ['13.4.2', 2, 'no debugging', met(problems, 'no failure gives away what was sent')],
  ['13.4.3', 2, 'no directories', met(problems, '%s')],
  ['13.4.4', 2, 'no TRACE', met('http/problems.connection', 'TRACE says nothing back')],
  ['13.4.5', 2, 'no documents by mistake', written('README.md', '#')],
  ['14.1.1', 2, 'what is sensitive', written('docs/threats.md', '# Who can learn what')],
  ['14.1.2', 2, 'how it is protected', written('docs/threats.md', '## What this rests on')],
  ['14.2.1', 1, 'not in addresses', met('browser/desk', 'is entered by a link whose secret no address')],
  ['14.2.2', 2, 'not in caches', met(surfaces, 'by every operation: what takes a key')],
  [
    '14.2.3',
    2,
    'not to others',
    met('screening/classifier', 'is one POST of JSON that holds the text, its language and its article'),
  ],
  ['14.2.4', 2, 'as documented', met('canaries', 'the database has no address, agent or secret')],
  [
    '14.3.1',
    1,
    'gone with the session',
    open('Pages are no-store; what a tab shows stays until it is left.'),
  ],
  [
    '14.3.2',
    2,
    'no-store',
    met(surfaces, 'by pages: what is one person’s and what failed is kept by nobody'),
  ],
  ['14.3.3', 2, 'nothing in the browser', met('browser/reader', '')],
  ['15.1.1', 1, 'when libraries are renewed', open('Not written down.')],
  ['15.1.2', 2, 'a list of libraries', open('package-lock.json is one; there is no SBOM.')],
  ['15.1.3', 2, 'what is costly is written down', written(operating, '## When many write at once')],
  ['15.2.1', 1, 'libraries are renewed in time', open('Nobody has promised when.')],
  ['15.2.2', 2, 'nothing costly stops the service', met('http/slow', '%s is told so and ended')],
  ['15.2.3', 2, 'no test code in production', met('config', 'there is no demo unless it is asked for')],
  [
    '15.3.1',
    1,
    'no more fields than needed',
    met(
      surfaces,
      'by every operation: what takes a key',
      'Tests check every answer against its strict schema.',
    ),
  ],
  [
    '15.3.2',
    2,
    'no redirects followed',
    met('screening/classifier', 'brings nothing, and says in a word why'),
  ],
  ['15.3.3', 2, 'no mass assignment', met(invalid, 'every fault is named, within arrays and objects too')],
  [
    '15.3.4',
    2,
    'the true address',
    met('http/limits', 'behind a trusted proxy by the address that the proxy saw'),
  ],
  ['15.3.5', 2, 'strict types', house],
  [
    '15.3.6',
    2,
    'no prototype pollution',
    met('http/one-way', 'what is above every object of JavaScript is no member of a body'),
  ],
  [
    '15.3.7',
    2,
    'no parameter pollution',
    met('http/one-way', 'a query takes values of its own kind, and each once'),
  ],
  ['16.1.1', 2, 'what is logged is written down', written(operating, '## Is it well?')],
  [
    '16.2.1',
    2,
    'who, what, when, where',
    open(
      'Route, status, time and a random id; who is left out on purpose. What moderators do is in the log of moves.',
    ),
  ],
  ['16.2.2', 2, 'UTC', open('Milliseconds since 1970; no test looks for it.')],
  ['16.2.3', 2, 'nowhere else', met('canaries', 'the files of the service are a ledger of ids and times')],
  ['16.2.4', 2, 'can be read by programs', met(problems, '`instance` is what the log calls the request')],
  ['16.2.5', 2, 'nothing sensitive', met('canaries', 'neither the service nor PostgreSQL')],
  ['16.3.1', 2, 'sign-ins are logged', open('As requests with their status; not whose.')],
  ['16.3.2', 2, 'refusals are logged', met(problems, '`instance` is what the log calls the request')],
  ['16.3.3', 2, 'attempts are logged', open('As requests with their status.')],
  ['16.3.4', 2, 'errors are logged', met(problems, 'no failure gives away what was sent, nor does the log')],
  ['16.4.1', 2, 'no log injection', met('comments/renderers', 'no text begins another line or hides one')],
  ['16.4.2', 2, 'logs are protected', open('Standard output: the operator’s.')],
  [
    '16.4.3',
    2,
    'and sent elsewhere',
    open('Standard output: the operator’s. The heads of the log of moves can be kept elsewhere.'),
  ],
  ['16.5.1', 2, 'plain errors', met(problems, 'no failure gives away what was sent')],
  [
    '16.5.2',
    2,
    'goes on without others',
    met('http/unavailable', 'and refuses connections, every operation answers 503'),
  ],
  ['16.5.3', 2, 'fails closed', met('http/unavailable', 'a submission that was cut off is there or not')],
  ...['17.1.1', '17.2.1', '17.2.2', '17.2.3', '17.2.4', '17.3.1', '17.3.2'].map(
    (id): [string, 2, string, NotApplicable] => [id, 2, 'of WebRTC', noCalls],
  ),
]

export const requirements: readonly Requirement[] = rows.map(([id, level, about, stands]) => ({
  id,
  level,
  about,
  stands,
}))

/** docs/asvs.md. */
export function asvsPage(): string {
  const count = (is: Requirement['stands']['is']) =>
    requirements.filter(({ stands }) => stands.is === is).length
  return [
    '# OWASP ASVS 5.0',
    '',
    'How Postbag stands to each of the 254 requirements of levels 1 and 2 of the',
    '[Application Security Verification Standard 5.0.0](https://github.com/OWASP/ASVS/tree/v5.0.0/5.0/en), in a few words of ours; theirs count.',
    'Made of `test/support/asvs.ts`; `test/asvs.test.ts` sees that each test and page is there. A test that is named here fails without what it stands for.',
    '',
    `Met by a test: ${count('met')}. Met by what is written down: ${count('documented')}. Not applicable: ${count('not applicable')}. **Open: ${count('open')}.**`,
    '',
    '| requirement | level | about | |',
    '|---|---|---|---|',
    ...requirements.map(
      ({ id, level, about, stands }) => `| ${id} | ${level} | ${about} | ${told(stands)} |`,
    ),
    '',
  ].join('\n')
}

function told(stands: Requirement['stands']): string {
  if (stands.is === 'documented') return `written down: ${stands.page}`
  if (stands.is !== 'met') return `${stands.is === 'open' ? '**open**' : stands.is}: ${stands.why}`
  const { file, title, note } = stands
  const which = title === '' || title === '%s' ? '' : `, “${title.replaceAll('|', '\\|')} …”`
  return `\`${file.replace('test/', '')}\`${which}${note === undefined ? '' : `. ${note}`}`
}

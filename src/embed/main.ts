import { PostbagComments } from './comments-element.ts'
import { PostbagCount } from './count-element.ts'

// A page that loads it twice has it once.
if (!customElements.get('postbag-comments')) {
  customElements.define('postbag-comments', PostbagComments)
  customElements.define('postbag-count', PostbagCount)
}

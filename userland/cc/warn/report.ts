// Where warnings about a tree go. The parser is one: it asks for them as soon as it has read what they are about.

import type { Diagnostics } from "../source/diagnostics.ts";
import type { Sources } from "../source/sources.ts";

export interface Report {
  readonly diagnostics: Diagnostics;
  /** For what the layout of the text tells, and where to mend it; without the text it tells nothing. */
  readonly sources: Sources;
}

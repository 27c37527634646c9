// One recorder, several listeners. The machine records events for whoever asks and ends for everyone; here each listener
// ends only its own listening, and the recording ends with the last of them.

import type { MachineClient } from "./api.ts";

export type EventListening = Pick<MachineClient, "events" | "stopEvents">;

/** Gives a function that makes listeners of `source`. */
export function shareEvents(source: EventListening): () => EventListening {
  const listening = new Set<EventListening>();
  return () => {
    const self: EventListening = {
      events(since, kinds) {
        listening.add(self);
        return source.events(since, kinds);
      },
      async stopEvents() {
        listening.delete(self);
        if (listening.size === 0) await source.stopEvents();
      },
    };
    return self;
  };
}
